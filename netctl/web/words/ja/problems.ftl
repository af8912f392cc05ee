# 障害：何が起きているか、いつからか、直前に何を変更したか、だれが把握しているか。

problems-title = 障害
problems-table = 障害の一覧
problems-views = 障害の表示
problems-open = 継続中
problems-closed = 終息済み
problems-none-open = 継続中の障害はありません。
problems-none-closed = 終息した障害の記録はありません。

problems-column-id = 番号
problems-column-severity = 重大度
problems-column-code = 種類
problems-column-subject = 対象
problems-column-service = 分野
problems-column-opened = 発生
problems-column-closed = 終息
problems-column-standing = 対応
problems-column-detail = 内容
problems-column-symptoms = 症状
problems-column-organisation = 組織
problems-column-device = 機器
problems-column-told = 機器の報告

problems-standing-new = 未確認
problems-standing-acknowledged = 確認済み
problems-standing-silenced = 通知停止中
problems-standing-closed = 終息

problems-backbone = 基幹網
problems-what = 何が起きているか
problems-changed = 最終変化
problems-code = コード
problems-suspects = 発生前1時間の変更
problems-suspects-none = 発生前の1時間に配信した変更はありません。
problems-suspect-near = この障害の機器{ $count }台に配信：{ $routers }
problems-suspect-far = 別の機器への配信
problems-symptoms = この障害による症状（{ $count }件）
problems-symptoms-table = 機器の報告
problems-symptoms-all = すべての症状（{ $count }件）を見る

problems-acknowledge = 障害を確認する
problems-acknowledge-hint = 把握したことを記録します。重大度が上がらない限り、この障害は通知されなくなります。
problems-acknowledged-by = { $user } が確認済み
problems-do-acknowledge = 確認済みにする
problems-reason = 理由
problems-reason-hint = 分かっていることと担当者を書いてください。夜間の担当者も読みます。
problems-silence = 通知を止める
problems-silence-hint = 期限まで、この対象の通知を止めます。障害そのものは表示され続けます。
problems-silenced = この障害の通知は止めてあります。
problems-do-silence = 通知を止める

# 観測で見つかることの名前

# 次に確かめること
problems-next-WATCH-SITE-CUT-OFF = 拠点の通信はすべて止まっています。停電と回線事業者の障害情報を確かめ、拠点の責任者に連絡してください。
problems-next-WATCH-SITE-UNSEEN = 通信は続いています。拠点への管理用の経路と、管理用アドレスの許可を確かめてください。
problems-next-WATCH-GROUP-DOWN = 両方の機器に共通するもの（電源、設置場所、直前の変更）を確かめてください。
problems-next-WATCH-BACKBONE-SPLIT = センター間の回線事業者に連絡してください。両センターが別々に動いている間は変更を配信しないでください。
problems-next-WATCH-DEVICE-DOWN = 電源とコンソールを確かめてください。復旧まで、対の機器だけで動いています。対の機器には変更を配信しないでください。
problems-next-WATCH-DEVICE-UNSEEN = 通信は続いています。管理用ポート、SSHまたはNETCONFの稼働、ホスト鍵を確かめてください。
problems-next-WATCH-LINE-DOWN = 回線事業者に連絡してください。同じ管路や局舎を使う回線も確かめてください。
problems-next-WATCH-BLIND = まずnetctlのサーバーから管理網への経路を確かめてください。網そのものは動いているかもしれません。
problems-next-WATCH-TIME-SOURCE = 時刻サーバーの稼働と、そこへの経路を確かめてください。時刻がずれると記録の前後が分からなくなります。
problems-next-WATCH-ALERTS = 設定のalert_syslog、alert_mail、alert_webhookと、送り先の稼働を確かめてください。
problems-next-WATCH-BGP = 両端の設定と鍵、相手の状態を確かめてください。
problems-next-WATCH-VRRP = LANの接続を確かめてください。両方がマスターのときは、LANが分断しています。
problems-next-WATCH-CLOCK = 時刻サーバーへの経路と、機器の時刻同期の設定を確かめてください。
problems-next-WATCH-VERSION = 対の2台のソフトウェアをそろえる予定を確かめてください。
problems-next-WATCH-IN-CHANGE = 対応は不要です。配信がこの機器に行っている作業の影響です。配信の後も続くものは、別の障害として通知されます。
problems-next-WATCH-DRIFT = だれが機器を直接変更したかを確かめ、宣言に取り込むか、計画して元に戻してください。

error-NETCTL-E0930 = この番号の障害はありません
error-NETCTL-E0931 = この障害はすでに終息しています
error-NETCTL-E0932 = この番号の通知停止はありません
error-NETCTL-E0933 = この通知停止はすでに終わっています
error-NETCTL-E0934 = 通知停止の対象、種類または期限が正しくありません
error-NETCTL-E0935 = 理由を書いてください
error-NETCTL-E0936 = 通知先の設定が正しくありません
error-NETCTL-E0937 = 通知先が受け取りませんでした
problems-next-WATCH-NAME-SERVER = サーバーが動いているか、netctlから届くかを確かめます。netctl dns serials で今すぐ問い合わせられます。
problems-next-WATCH-NAME-SERVERS = まずnetctlからネームサーバーへの経路を確かめます。netctl dns serials で今すぐ問い合わせられます。
problems-next-WATCH-ZONE-BEHIND = プライマリーから通知が届いているか、ゾーン転送が許されているかを確かめます。理由はサーバーのログに残ります。
problems-next-WATCH-ZONE-UNSERVED = サーバーの設定かカタログゾーンにこのゾーンがあるか、転送が一度でも成功したかを確かめます。
problems-next-WATCH-SIGNATURES = プライマリーで署名が続いているかを確かめます。署名が切れると、検証する側では名前を引けなくなります。
