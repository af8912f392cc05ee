changes-title = 変更
changes-table = 変更の一覧
changes-none = 変更はまだありません。
changes-mine = 自分の対応待ち（{ $count }）
changes-all = すべての変更
changes-how-to-propose = 新しい変更は、コマンドで計画してから起案します：

changes-column-id = 番号
changes-column-title = 件名
changes-column-state = 状態
changes-column-turn = 自分の番
changes-column-risk = リスク
changes-column-routers = ルーター
changes-column-servers = ネームサーバー
changes-column-zones = ゾーン
changes-column-approvals = 承認
changes-column-threads = 未解決の指摘
changes-column-author = 起案者
changes-column-created = 起案日時
changes-column-opens = 作業開始
changes-column-closes = 作業終了

changes-state-proposed = 承認待ち
changes-state-asked = 差し戻し中
changes-state-approved = 承認済み
changes-state-rejected = 却下
changes-state-pushing = 配信中
changes-state-done = 完了
changes-state-stopped = 中断
changes-state-unknown = 要確認
changes-state-rolled-back = 切り戻し済み

changes-turn-approve = 決裁
changes-turn-push = 配信
changes-turn-revise = 修正
changes-turn-look = 対処
