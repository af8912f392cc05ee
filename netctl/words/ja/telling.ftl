# 観測・計画・配信が英語で残した内容の言い換え。読み方はnetctl/words/telling.py。

telling-joint = 。
telling-list = 、
telling-of = { $what }：{ $told }

telling-session-absent = { $far }（{ $address }）とのセッションが設定されていない
telling-session = { $far }（{ $address }）の状態が { $state }
telling-circuit-absent = { $port } に { $far } への回路が設定されていない
telling-circuit = { $port } の { $far } の状態が { $state }
telling-absent = { $what } がない
telling-down = { $what } が停止
telling-is = { $what } の状態が { $state }
telling-vrrp-absent = 仮想ルーターがこの機器で動いていない
telling-vrrp-aside = 仮想ルーターが参加していない
telling-vrrp-two = マスターが2台：{ $mate } もマスター
telling-vrrp-none = マスターがいない：{ $mate } も { $role }
telling-vrrp-other = { $mate } の代わりにマスターになっている
telling-errors = { $port } で毎秒{ $rate }フレームが失われている
telling-cpu = CPUの{ $share } %を使用中
telling-memory = メモリーの{ $share } %を使用中
telling-clock-free = 時計がどの時刻源にも同期していない
telling-clock-off = { $source } から { $offset } ms ずれている
telling-version = この機器は { $version }、{ $mate } は { $other }
telling-drift = { $lines }行が宣言と違う
telling-no-answer-within = { $seconds }秒以内に応答がない
telling-no-answer = 応答がない

telling-unseen = netctlには応答しないが、隣の機器からは届いている
telling-silent = 応答がない
telling-silent-router = { $router } が応答しない
telling-line-cut = 回線 { $line } が切断
telling-site-on-line = { $site }は回線 { $line } だけで動いている
telling-site-on-router = { $site }は { $router } だけで動いている
telling-lost-way = { $count }台がこの機器への経路を失った
telling-split = 基幹網の機器が互いに届かない：{ $lines } が切断
telling-silent-group = { $routers } が応答しない
telling-cut-off-sites = { $count }拠点が孤立：{ $sites }
telling-cut-off = 基幹網への経路がすべて失われた：{ $why }
telling-site-unseen = 2台ともnetctlに応答しないが、基幹網からは届いている
telling-between = { $a } と { $b } の間（{ $carrier }）
telling-shared = { $carrier } の{ $count }回線が切断：{ $lines }
telling-time-lost = { $count }台が { $sources } の時刻を失った
telling-blind = { $count }台のどれも応答しない：まずnetctlから機器への経路を確かめること
telling-in-change = 変更 { $change } の作業に伴うもの：{ $what }
telling-alerts = { $waiting }件の通知が待ち、{ $tries }回の送信に失敗：{ $error }

telling-names-silent = 名前の問い合わせに応答しない：{ $error }
telling-names-alone = ビュー { $views } に応答するサーバーがほかにない
telling-names-blind = ネームサーバー{ $count }台のどれも応答しない：{ $error }
telling-zones-behind = { $count }ゾーンで遅れている：{ $zones }
telling-zones-unserved = { $count }ゾーンを提供していない：{ $zones }
telling-zone-behind = { $zone } が { $moment } から遅れている
telling-signatures-end = 最初の署名が { $moment } に切れる
telling-signatures-none = 署名すると宣言されているが、署名されていない
telling-signatures-flaw = 検証する側では成り立たない：{ $flaw }
telling-signatures-many = { $count }ゾーンの署名がまもなく切れるか、成り立たない：{ $zones }

telling-pending = 確定待ちのコミットがある（{ $owner } が開始）
telling-drained = 通信を相方に移したままで、相方だけが通信を担っている
telling-session-goes = BGPセッションがなくなる：{ $line }
telling-port-goes = ポートの設定がなくなる：{ $line }
telling-management = netctlがこの機器に届くための設定が変わる
telling-pairs = { $count }組の対で、両方の機器を1台ずつ順に変更する
telling-centre = センター { $centre } のコアルーターを変更する
telling-centres = 1つの計画で両センターを変更する（同じ回では変更しない）
telling-border = LGWAN接続の境界ルーターを変更する
telling-sites = { $all }拠点のうち{ $count }拠点を変更する
telling-way-back = { $change } を元に戻す（{ $targets }）
telling-routers = ルーター{ $count }台
telling-name-servers = ネームサーバー{ $count }台
telling-zones = ゾーン{ $count }個

telling-leaving = レコード{ $count }件を先に消す
telling-allowance-unused = 上限を超える許可があるが、使われない
telling-zone-new = 新しいゾーンができる
telling-zone-signed = 署名付きのゾーンなので、変わった所をサーバーが署名し直す
telling-apex = ゾーン自身のNSレコードが変わる
telling-deletions = レコード{ $gone }件を削除する（上限は{ $most }件）
telling-deleted-of = レコード{ $all }件のうち{ $gone }件（{ $percent } %）を削除する
telling-deleted-may = 上限は{ $percent } %
telling-allowed = 計画で認められている
telling-not-allowed = そのつもりなら { $option } を付けて計画する
telling-management-name = 管理アドレスの名前がなくなる（{ $routers }）
telling-zone-dropped = ゾーン { $zone }（{ $view }）は定義からなくなり、サーバーが答えなくなる
telling-alone = { $role ->
    [primary] プライマリー
    [secondary] セカンダリー
    [resolver] リゾルバー
   *[other] { $role }
}はほかになく、変更中に代わりに答えるものがない
telling-all-servers = すべての{ $role ->
    [primary] プライマリー
    [secondary] セカンダリー
    [resolver] リゾルバー
   *[other] { $role }
}を1台ずつ順に変更する

telling-serves = { $server } はシリアル { $serial }
telling-serves-after = { $server } は{ $seconds }秒後にシリアル { $serial }
telling-serves-behind = { $server } はシリアル { $serial }で、{ $behind } 遅れている
telling-serves-written = { $server } は書き込んだとおりに答える
telling-serves-not = { $server } は書き込んだとおりに答えない
telling-serves-other = { $server } はシリアル { $serial } だが、書き込んだ内容と違う
telling-same = { $servers } も同じ
telling-closed = { $server } は内容を読ませない（{ $why }）
telling-signatures = 署名は正しい
telling-serial = シリアル { $serial }
telling-records = レコードを{ $gone }件削除し、{ $come }件追加
telling-written-already = すでに書き込み済み
telling-write-waits = { $owner } の書き込みが確定を待っている
telling-zone-moved = 計画したときとレコードが違う：計画し直すこと
telling-zone-differs = 確定する前に、書き込んだ内容を誰かが変えた
telling-zone-timer = 期限が過ぎ、書き込みは元に戻された
telling-zone-clean = この変更の内容は残っていない
telling-zone-others = ほかの人が書いた内容は残る
telling-answers = { $server } が応答する
telling-answers-all = 受け持つゾーンのすべてに答える
telling-only-one = この役割ではただ1台のため、変更中に代わりに答えるものがない
telling-nobody-answers = このサーバー自身も応答していないため、失うものがない
telling-server-away = { $server } は、別のプライマリーへの切り替え以来、外れている
telling-not-the-plan = 書き込む内容が計画と違う：計画し直すこと
telling-not-intended = 変更の終わりに、計画どおりの内容になっていない
telling-neither = 変更前の内容でも、この変更が書いた内容でもない
telling-beyond = 計画で { $limit } を認める必要がある（{ $rule }）
telling-server-moved = 確認の後で設定が変わった：計画し直すこと
telling-configuration-moved = 計画したときと設定が違う：計画し直すこと

telling-pushed = 変更し、確認まで終えた
telling-pushed-already = すでに計画どおりの設定だったため、変更していない
telling-untouched = 変更していない
telling-back-twice = コミットが2回とも元に戻った
telling-back = 変更前の設定に戻っている
telling-group-ended = 対のもう1台が正常に終わらなかった
telling-wave-ended = 前の回が正常に終わらなかった
telling-stopped = 人が停止を求めた
telling-commit-waits = { $owner } のコミットが確定を待っている
telling-moved = 確認の後で設定が変わった：計画し直すこと
telling-timer = 確定する前に時間切れになった
