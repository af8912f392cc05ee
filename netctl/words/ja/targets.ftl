# 計画の対象。netctl/words/targets.pyと帳票が使う。

targets-routers = ルーター{ $count }台
targets-servers = ネームサーバー{ $count }台
targets-zones = ゾーン{ $count }個
targets-none = 対象なし
targets-two = { $one }、{ $two }
targets-three = { $one }、{ $two }、{ $three }

targets-zone-in-view = { $zone }（ビュー { $view }）
targets-zone-in-views = { $zone }（ビュー { $views }）
targets-zone-leaving = { $zone }（ビュー { $view }）先に消す名前

targets-group-primary = プライマリーネームサーバー
targets-group-secondary = セカンダリーネームサーバー
targets-group-resolver = リゾルバー

targets-phase-servers = ネームサーバー
targets-phase-leaving = 先に消す名前
targets-phase-routers = ルーター
targets-phase-coming = 名前（ルーターの後）
targets-phase-names = 名前
