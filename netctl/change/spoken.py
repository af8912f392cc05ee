"""A digest as words that two people can say to each other on the telephone.

Every octet is one of 256 Japanese words, each at least two sounds away from every other, also where voicing is not
heard. Eight words say the first sixteen hexadecimal digits: as much of a digest as `netctl approve` asks for. Whoever
does not read kana says the same words in Latin letters.
"""

from __future__ import annotations

from itertools import pairwise

SPOKEN = 8  # octets of a digest that are said

# In the order of kana; the place of a word is the octet it stands for. Never reordered: printed documents carry them.
_IN_ORDER = """
    あおぞら あさひ あじさい あひる あらし あんこ いかだ いけばな いしがき いずみ いちご いなずま
    いのしし いるか いろり いわし うきわ うぐいす うさぎ うすまき うみがめ うめぼし えのぐ えほん
    えんぴつ おうぎ おおかみ おかゆ おけら おたま おちば おにぎり おはじき おもち おんせん かえる かかし
    かきね かざぐるま かたつむり かっぱ かなづち かばん かぶと かぼちゃ かまきり かめら かもめ からす
    かるた かわうそ かんな きつね きなこ きゅうり きりん きんぎょ ぎんなん くじら くちなし くつした
    くぬぎ くらげ くるみ くわがた ぐんて けいと けむり けやき こあら こうもり こおり こけし こたつ
    こねこ こよみ ころも こんぶ ごぼう さいころ さかな さくら さざえ さつき さとう さむらい さらだ
    さんま しいたけ しじみ しずく したじき しちりん しばふ しまうま しゃもじ しゅりけん しょうぎ しらかば
    しろくま しんぶん じゃがいも すいか すいせん すすき すずらん すだち すみれ すもう せきれい せっけん
    せなか せんべい そうめん そてつ そらまめ そろばん たいこ たいよう たうえ たけうま たけのこ たこやき
    たなばた たんぽぽ だるま ちくわ ちどり ちまき ちゃわん ちょうちん つくえ つばき つらら てがみ
    てっぺん てぬぐい てのひら てんぐ でんしゃ とうがらし とうふ とかげ とけい とびら とまと とらっく
    とんぼ どんぐり なすび なたね なでしこ なまず なみだ なわとび にしき にわとり にんじん ぬのきれ
    ぬりえ ねぎぼうず ねこやなぎ ねむのき ねんど のこぎり のはら のれん はがき はくさい はくちょう はさみ
    はしご はたけ はちみつ はなび はまぐり はりねずみ はんてん ばけつ ひぐらし ひつじ ひなた ひのき
    ひばち ひまわり ひもの ひょうたん ひらめ びわこ ふうせん ふきのとう ふくろう ふじさん ふすま ふでばこ
    ふなのり ふもと ぶらんこ ぶんちょう へちま べんとう ほおずき ほくろ ほしぞら ほたる まつり まないた
    まめまき まんげつ みかん みずうみ みそしる みつばち みのむし みみずく みょうが むぎわら むくどり
    むささび むらさき めいろ めがね めだか めろん もくれん ものさし もみじ ももたろう やくそく やじるし
    やなぎ やまびこ やもり ゆうやけ ゆきだるま ゆずのき ゆびわ ゆりかご よあけ ようかん よもぎ よろい
    らくだ らっこ るすばん るびい れいぞう れもん れんが れんこん ろうか ろうそく ろけっと わかめ
    わたあめ わらび
"""
WORDS = tuple(_IN_ORDER.split())

_SOUNDS = {
    kana: sound
    for row, sounds in (
        ("あいうえお", "a i u e o"),
        ("かきくけこ", "ka ki ku ke ko"),
        ("がぎぐげご", "ga gi gu ge go"),
        ("さしすせそ", "sa shi su se so"),
        ("ざじずぜぞ", "za ji zu ze zo"),
        ("たちつてと", "ta chi tsu te to"),
        ("だぢづでど", "da ji zu de do"),
        ("なにぬねの", "na ni nu ne no"),
        ("はひふへほ", "ha hi fu he ho"),
        ("ばびぶべぼ", "ba bi bu be bo"),
        ("ぱぴぷぺぽ", "pa pi pu pe po"),
        ("まみむめも", "ma mi mu me mo"),
        ("やゆよ", "ya yu yo"),
        ("らりるれろ", "ra ri ru re ro"),
        ("わをん", "wa o n"),
    )
    for kana, sound in zip(row, sounds.split(), strict=True)
}
_GLIDES = {"ゃ": "a", "ゅ": "u", "ょ": "o"}


def spoken(digest: str) -> tuple[str, ...]:
    """The first octets of a digest (hex) as words."""
    return tuple(WORDS[octet] for octet in bytes.fromhex(digest[: 2 * SPOKEN]))


def latin(word: str) -> str:
    """A word in Latin letters (Hepburn, long vowels as they are written): ``じゃがいも`` is ``jagaimo``."""
    letters = ""
    for kana, after in pairwise(f"{word} "):
        if kana in _GLIDES:
            glide = "" if letters.endswith(("sh", "ch", "j")) else "y"
            letters += glide + _GLIDES[kana]
        elif kana == "っ":
            letters += "t" if after == "ち" else _SOUNDS[after][0]
        else:
            sound = _SOUNDS[kana]
            letters += sound[:-1] if after in _GLIDES else sound
    return letters
