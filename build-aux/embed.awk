# build-aux/embed.awk - Contracts as C: a row of BOOT_ROW(name, version, text)
# for each row of a manifest, to be included where that macro is defined.
#
# Run as: awk -v dir=FOLDER -f embed.awk MANIFEST

/^#/ || NF == 0 { next }

{
	file = dir "/" $2
	printf "BOOT_ROW(\"%s\", %s,", $1, $3
	while ((got = (getline line < file)) > 0) {
		gsub(/\\/, "\\\\", line)
		gsub(/"/, "\\\"", line)
		gsub(/\t/, "\\t", line)
		printf "\n\"%s\\n\"", line
	}
	if (got < 0) {
		print "embed.awk: cannot read " file >"/dev/stderr"
		exit 1
	}
	close(file)
	print ")"
}
