base-skip = 本文へ移動
base-search = 検索
base-search-for = 機器・拠点・アドレス・変更
base-account = アカウント
base-sign-out = サインアウト
base-menu = 主なページ
base-theme = 画面の明るさ
base-live = 自動更新中
base-polling = 10秒ごとに更新中
base-offline = サーバーに接続できません
base-shown-at = { $time } 時点の表示

failure-400 = 要求の内容が正しくありません
failure-401 = サインインが必要です
failure-403 = この操作は許可されていません
failure-404 = ページが見つかりません
failure-405 = この方法では受け付けられません
failure-409 = 今の状態では実行できません
failure-413 = 送信された内容が大きすぎます
failure-500 = システムの不具合です
failure-503 = 現在、利用できません
failure-defect = 処理を完了できませんでした（受付番号 { $number }）。
failure-defect-hint = 受付番号をシステムの管理者に伝えてください。記録に詳細が残っています。
failure-home = 全体状況へ

error-NETCTL-E0950 = サインインが必要です
error-NETCTL-E0951 = フォームを受け付けられません。ページを開き直して、もう一度操作してください。
