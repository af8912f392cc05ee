error-NETCTL-E0970 = PDFを作る部品がこのホストにありません
error-NETCTL-E0971 = 帳票に使うフォントがこのホストにありません
error-NETCTL-E0973 = 頁数が多く、PDFを作れませんでした
