error-NETCTL-E0970 = PDFを作る部品がこのホストにありません
error-NETCTL-E0971 = 帳票に使うフォントがこのホストにありません
