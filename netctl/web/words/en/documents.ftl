error-NETCTL-E0970 = A part that makes PDFs is missing on this host
error-NETCTL-E0971 = The font of the papers is missing on this host
documents-too-long = Print the page from the browser, or have the file written on the host that runs netctl; there it may take its time: { $command }
error-NETCTL-E0973 = The paper has too many pages to be made into a PDF while you wait
