# Units made by a Slurm array job give byte for byte the findings of a single run. The cluster is
# this machine: it is started here, and ends with the test.
. "$(dirname "$0")/lib.sh"
for needed in slurmctld slurmd sbatch jq; do
    command -v $needed >/dev/null || skip "$needed is not installed"
done
[ "$(id -u)" -eq 0 ] || skip "only root can start slurmd"

host=$(hostname -s)
port=$((20000 + $$ % 10000 * 2)) # another run of this test has its own
cat >slurm.conf <<END
ClusterName=test
SlurmctldHost=$host
SlurmctldAddr=127.0.0.1
AuthType=auth/none
CredType=cred/none
SlurmUser=root
SlurmdUser=root
SlurmctldPort=$port
SlurmdPort=$((port + 1))
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SchedulerType=sched/builtin
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
MpiDefault=none
JobCompType=jobcomp/none
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=$host Default=YES MaxTime=10 State=UP
END
mkdir state spool
export SLURM_CONF=$work/slurm.conf
slurmctld -D >slurmctld.log 2>&1 &
controller=$!
slurmd -D >slurmd.log 2>&1 &
daemon=$!
trap 'kill $controller $daemon 2>/dev/null || true; wait; rm -rf "$work"' EXIT
is_up() { timeout 10 sinfo -h -t idle -o %n 2>/dev/null | grep -q .; }
# Where it cannot start, a daemon ends soon, but each question to the other one takes many seconds.
until=$(($(date +%s) + 60))
while ! is_up && kill -0 $controller 2>/dev/null && kill -0 $daemon 2>/dev/null &&
    [ "$(date +%s)" -lt $until ]; do
    sleep 0.2
done
is_up || {
    tail -n 5 slurmctld.log slurmd.log
    skip "a Slurm cluster of this machine does not start here"
}

mkdir -p bin project/.git
ln -s "$program" bin/cuhostlint
export PATH="$work/bin:$PATH"
cp -r "$root/testdata/projects/." project
find "$work/project" -name '*.c' -o -name '*.cpp' -o -name '*.cu' | sort >names
[ "$(wc -l <names)" -gt 5 ] || fail "there should be files to lint"
while read -r file; do
    printf '{"directory": "%s", "file": "%s", "command": "cc -c %s"}\n' \
        "$work/project" "${file#"$work/project/"}" "$file"
done <names | jq -s . >compile_commands.json

run --no-cache -p compile_commands.json $(cat names)
expect_status 1
cp out single

last="sbatch"
status=0
sbatch --wait --array=0-4 --output="$work/task-%a.log" "$root/scripts/ci/cuhostlint.sbatch" \
    compile_commands.json units >out 2>err || status=$?
cat task-*.log >>err
expect_status 0
[ "$(ls units/*.unit | wc -l)" -eq "$(wc -l <names)" ] || fail "there should be a unit for each file"
run link units/*.unit
expect_status 1
cmp out single || fail "units made by the cluster should give the findings of a single run"
