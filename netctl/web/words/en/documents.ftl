error-NETCTL-E0970 = A part that makes PDFs is missing on this host
error-NETCTL-E0971 = The font of the papers is missing on this host
error-NETCTL-E0973 = The paper has too many pages to be made into a PDF while you wait
