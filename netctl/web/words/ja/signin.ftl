signin-title = サインイン
signin-name = 利用者名
signin-password = パスワード
signin-do = サインイン
signin-no-password = パスワードがない、または忘れた場合は、管理者に再設定用のリンクを依頼してください。
signin-directory = 組織の認証基盤
signin-by-directory = { $name }でサインイン
signin-leave-directory = { $name }からもサインアウトする
signin-said-signed-out = サインアウトしました。
signin-said-password-set = パスワードを設定しました。新しいパスワードでサインインしてください。
signin-check-both = 両方を確かめて、もう一度入力してください。
signin-wait = あと{ $seconds }秒お待ちください。失敗を重ねるほど、待ち時間は長くなります。

signin-again-title = もう一度サインイン
signin-again-why = 承認や配信などの重要な操作は、サインインから{ $minutes }分以内に限ります。本人であることを確認してください。
signin-again-do = 確認する
signin-again-cancel = やめる
signin-again-no-way = このアカウントで本人を確認する方法がありません。管理者に連絡してください。

signin-link-title = パスワードの設定
signin-link-for = 利用者「{ $name }」のパスワードを設定します。このリンクは一度だけ使えます。
signin-link-do = 設定する

error-NETCTL-E0901 = 利用者名とパスワードの組み合わせが正しくありません
error-NETCTL-E0902 = サインインの失敗が続いたため、一時的に受け付けを止めています
error-NETCTL-E0903 = このパスワードは使えません
error-NETCTL-E0904 = このリンクは使えません。使用済みか、期限切れです
error-NETCTL-E0905 = もう一度サインインが必要です
error-NETCTL-E0906 = そのセッションはありません
error-NETCTL-E0907 = このトークンは使えません
error-NETCTL-E0908 = このトークンでは変更できません
error-NETCTL-E0914 = 判断はトークンではなく、本人が行います
error-NETCTL-E0915 = このトークンでは配信できません
error-NETCTL-E0909 = そのようなトークンは作れません
error-NETCTL-E0910 = 認証基盤からの情報を確認できません
error-NETCTL-E0911 = 認証基盤に接続できません
error-NETCTL-E0912 = 利用者と認証基盤のアカウントの組み合わせが登録と異なります
error-NETCTL-E0913 = そのトークンはありません
