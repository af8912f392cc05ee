# どのページでも使うことば。

none = —

state-up = 正常
state-degraded = 低下
state-down = 停止
state-unknown = 不明

severity-high = 高
severity-medium = 中
severity-low = 低
severity-info = 情報

service-reachability = 到達性
service-routing = 経路制御
service-first-hop = ゲートウェイ冗長
service-lines = 回線
service-time = 時刻同期
service-configuration = 設定

role-viewer = 閲覧者
role-operator = 運用者
role-author = 起案者
role-approver = 承認者
role-auditor = 監査者
role-admin = 管理者

nav-overview = 全体状況
nav-problems = 障害
nav-devices = 機器
nav-sites = 拠点
nav-topology = 構成図
nav-addresses = アドレス
nav-zones = ゾーン
nav-changes = 変更
nav-audit = 監査記録
nav-people = 利用者
nav-help = 使い方

age-now = たった今
age-second = { $count }秒前
age-minute = { $count }分前
age-hour = { $count }時間前
age-day = { $count }日前
age-in-second = { $count }秒後
age-in-minute = { $count }分後
age-in-hour = { $count }時間後
age-in-day = { $count }日後
age-never = 記録なし

theme-auto = 自動
theme-light = 明るい
theme-dark = 暗い

field-required = 必須

table-search = 表の中を検索
table-all = すべて
table-choice = { $label }（{ $count }）
table-narrow = 絞り込む
table-clear = 条件を解除
table-nothing-found = 条件に合うものはありません。
table-empty = まだ何もありません。
table-range = { $found }件中 { $first }～{ $last }件
table-of = （全{ $total }件）
table-pages = ページの切り替え
table-page = { $page } / { $pages } ページ
table-previous = 前へ
table-next = 次へ
table-older = これより前の記録

region-north = 北部
region-south = 南部
region-east = 東部
region-west = 西部
region-central = 中央
lag-level = 一致
lag-behind = { $count }遅れ
lag-silent = 応答なし
lag-unserved = 提供なし
lag-unknown = 不明
