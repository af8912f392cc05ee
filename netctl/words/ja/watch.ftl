# 観測が付ける符号の名前。画面と通知が同じ言葉で呼ぶ。

watch-WATCH-SITE-CUT-OFF = 拠点が孤立
watch-WATCH-SITE-UNSEEN = 拠点の機器が応答しない
watch-WATCH-GROUP-DOWN = 基幹ルーターが同時に停止
watch-WATCH-BACKBONE-SPLIT = 基幹網が分断
watch-WATCH-DEVICE-DOWN = 機器が停止
watch-WATCH-DEVICE-UNSEEN = 機器が管理網から見えない
watch-WATCH-LINE-DOWN = 回線が切断
watch-WATCH-BLIND = どの機器も見えない
watch-WATCH-TIME-SOURCE = 時刻源が停止
watch-WATCH-ALERTS = 通知を送れない
watch-WATCH-UNREACHABLE = 応答なし
watch-WATCH-BGP = BGPセッションの異常
watch-WATCH-ISIS = IS-IS隣接の異常
watch-WATCH-BFD = BFDセッションの異常
watch-WATCH-VRRP = VRRPの役割の異常
watch-WATCH-PORT = ポートの停止
watch-WATCH-ERRORS = ポートのエラー増加
watch-WATCH-CPU = CPUの高負荷
watch-WATCH-MEMORY = メモリーの不足
watch-WATCH-CLOCK = 時刻のずれ
watch-WATCH-VERSION = 対の機器とソフトウェアの版が違う
watch-WATCH-IN-CHANGE = 変更作業に伴うもの
watch-WATCH-DRIFT = 設定が宣言と違う
