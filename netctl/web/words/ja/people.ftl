people-title = 利用者
people-table = 利用者の一覧
people-person = 利用者 { $name }
people-name = 利用者名
people-name-hint = OSまたは認証基盤と同じ名前。小文字の英数字と「_」「-」「.」、32文字まで。
people-role = 役割
people-roles = 役割
people-no-roles = 役割がありません。
people-organisation = 範囲
people-organisation-hint = 組織を選ぶと、役割はその組織の機器だけに及びます。
people-organisation-label = { $name }（{ $id }）
people-everywhere = 全体
people-way-in = サインインの方法
people-way-password = パスワード
people-way-directory = 認証基盤
people-way-both = パスワードと認証基盤
people-way-link = 設定用リンク発行済み
people-way-none = なし
people-sessions = セッション
people-tokens = トークン
people-seen = 最後の操作
people-created = 登録

people-add = 利用者の追加
people-add-do = 追加
people-grant = 役割の追加
people-grant-do = 追加
people-revoke = 外す
people-revoke-one = 役割「{ $role }」を外す

people-password-since = 設定済み：
people-password-none = パスワードは設定されていません。
people-link-out = 設定用リンクの期限：
people-link-why = 一度だけ使えるリンクを作り、本人に安全な方法で渡します。パスワードを知るのは本人だけです。
people-link-do = パスワード設定用リンクを作る
people-link-made = { $name } のパスワード設定用リンク
people-link-once = このリンクは今だけ表示されます。本人以外に渡さないでください。発行は監査記録に残ります。
people-link = リンク
people-back = { $name } へ戻る

people-end-all = すべてのセッションを終了
people-issuer = 発行者
people-subject = 識別子
people-linked = 結び付けた日時
people-unlink = 結び付きを解除
people-unlink-why = 解除するとすべてのセッションが終了し、次に同じ名前でサインインした人と改めて結び付けます。

people-said-granted = 役割を追加しました。
people-said-revoked = 役割を外しました。
people-said-session = セッションを終了しました。
people-said-sessions = すべてのセッションを終了しました。
people-said-token = トークンを取り消しました。
people-said-unlinked = 結び付きを解除し、すべてのセッションを終了しました。

error-NETCTL-E0412 = その利用者はすでに登録されています
error-NETCTL-E0415 = 管理者が一人もいなくなるため、外せません
error-NETCTL-E0416 = この名前または役割は使えません
