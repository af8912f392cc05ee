error-NETCTL-E0970 = PDFを作る部品がこのホストにありません
error-NETCTL-E0971 = 帳票に使うフォントがこのホストにありません
documents-too-long = ブラウザーで頁を印刷するか、netctlを動かしているホストで次のコマンドを実行してください。時間の制限なしにファイルを作ります: { $command }
error-NETCTL-E0973 = 頁数が多く、待ち時間のうちにPDFを作れませんでした
