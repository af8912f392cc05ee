#!/bin/sh
# The first moments of a lab host. Called in its fresh network, mount, process, hostname and IPC namespaces as
#     boot.sh HOSTNAME FOLDER
# FOLDER/upper takes what the host writes (it outlives a power loss), FOLDER/seed.tar holds the files of a new box.
set -eu
folder=$2
hostname "$1"
mount --make-rprivate /
mount -t overlay overlay -o "lowerdir=/,upperdir=$folder/upper,workdir=$folder/work" "$folder/root"
cd "$folder/root"
mount -t proc proc proc
mount -t sysfs sysfs sys
for place in run tmp dev; do mount -t tmpfs -o mode=0755 tmpfs $place; done
chmod 1777 tmp
# A /dev of its own: a daemon here must not leave /dev/log behind for the whole machine.
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts dev/pts
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
for node in null zero full random urandom tty; do : >dev/$node; mount --bind /dev/$node dev/$node; done
if [ ! -e etc/netctl-lab ]; then tar --extract --file "$folder/seed.tar" --directory . --no-overwrite-dir; fi
mkdir run/machine
pivot_root . run/machine
umount --lazy /run/machine
rmdir /run/machine
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8
sh /etc/netctl-lab/start
touch /run/booted
# Process 1 from here on: adopts and reaps what daemons leave.
sleep infinity &
while :; do wait; done
