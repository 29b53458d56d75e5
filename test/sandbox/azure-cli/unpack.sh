#!/bin/bash
# Puts Debian 12's azure-cli into a folder, for the tests alone: nothing is installed, nothing byte-compiled.
# usage: unpack.sh FOLDER   (needs apt's package lists and the system's python 3.11)   then: FOLDER/az version
set -euo pipefail
folder=$(realpath -m "${1:?usage: unpack.sh FOLDER}")
[ -x "$folder/az" ] && exit 0
rm -rf "$folder" && mkdir -p "$folder/packages"
cd "$folder/packages"
# azure-cli and what it needs that a bare system lacks, without what is installed already; python itself must be.
wanted=$(apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances azure-cli |
  grep -E '^(azure-cli|python3-[a-z0-9.+-]+)$' | sort -u)
apt-get download $wanted >/dev/null
for package in *.deb; do dpkg-deb -x "$package" "$folder"; done
rm -rf "$folder/packages"
cat > "$folder/az" <<END
#!/bin/bash
PYTHONDONTWRITEBYTECODE= PYTHONPATH=$folder/usr/lib/python3/dist-packages:$folder/usr/lib/python3.11 exec /usr/bin/python3 -S -m azure.cli "\$@"
END
chmod +x "$folder/az"
