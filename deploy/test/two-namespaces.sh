#!/usr/bin/env bash
# The two-host examples between two network namespaces of this machine: driver and node in one, driver, feed and venue in the
# other. The drivers lose packets and take data late. Node and feed are killed in the middle; at the end the journal must be
# sound and the engine's accounts those of the venue. Nothing leaves the namespaces.
#
#   deploy/test/two-namespaces.sh unicast|multicast [LOSS_RATE [DELAY]]      0.02 and 1ms by default
#
# Exit status: 0 held, 1 did not, 77 skipped, since this machine makes no namespaces for us.
set -euo pipefail
deploy=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
lockstep=${LOCKSTEP:-$deploy/../lockstep}
[ -x "$lockstep" ] || lockstep=$deploy/../bin/lockstep
topology=${1:?expected unicast or multicast}
loss=${2:-0.02}
delay=${3:-1ms}
trading_seconds=5

work=$(mktemp -d "${TMPDIR:-/tmp}/lockstep-namespaces-XXXXXX")
a=lockstep-a-$$
b=lockstep-b-$$
declare -A pid

clean_up() {
    for process in "${pid[@]}"; do
        kill -KILL "$process" 2>/dev/null || true
    done
    ip netns delete "$a" 2>/dev/null || true
    ip netns delete "$b" 2>/dev/null || true
    rm -rf "$work" /dev/shm/"$a" /dev/shm/"$b"
}
trap clean_up EXIT

fail() {
    echo "two-namespaces: $*" >&2
    tail -n 5 "$work"/*.err >&2 || true
    exit 1
}

skip() {
    echo "two-namespaces: skipped: $*"
    exit 77
}

command -v ip >/dev/null || skip "no ip command (iproute2)"
ip netns add "$a" 2>"$work/ip.err" || skip "$(cat "$work/ip.err")"
ip netns add "$b"
ip -n "$a" link add lockstep0 type veth peer name lockstep0 netns "$b"
for side in "$a 192.0.2.1" "$b 192.0.2.2"; do
    set -- $side
    ip -n "$1" link set lo up
    ip -n "$1" address add "$2/24" dev lockstep0
    ip -n "$1" link set lockstep0 up
done

# The examples as they are, but for what this machine may not have: processors to spin on, memory for large buffers.
for side in "a $a" "b $b"; do
    set -- $side
    mkdir "$work/host-$1"
    for file in "$deploy/two-hosts-$topology/host-$1"/*.yaml; do
        sed -e "s#/dev/shm/aeron-lockstep#/dev/shm/$2#" -e "s#/var/lib/lockstep/node#$work/node#" \
            -e 's/threads: dedicated/threads: shared/' -e 's/idle: spin/idle: backoff/' \
            -e 's/\(socketBuffer\|receiverWindow\): 2MiB/\1: 128KiB/' -e 's/onStop: cancel/onStop: cancel\n  requestAgeMax: 0/' \
            "$file" > "$work/host-$1/$(basename "$file")"
    done
done

# start NAME NAMESPACE COMMAND...: in the background, until its standard error says that it runs.
start() {
    local name=$1 namespace=$2
    shift 2
    ip netns exec "$namespace" "$lockstep" "$@" --json > "$work/$name.json" 2> "$work/$name.err" &
    pid[$name]=$!
    for _ in $(seq 600); do
        grep -qs ' running ' "$work/$name.err" && return
        kill -0 "${pid[$name]}" 2>/dev/null || fail "$name ended"
        sleep 0.1
    done
    fail "$name does not start"
}

# end NAME SIGNAL STATUS
end() {
    local status=0
    kill "-$2" "${pid[$1]}"
    { wait "${pid[$1]}"; } 2>/dev/null || status=$?
    [ "$status" -eq "$3" ] || fail "$1: status $status: expected $3"
    unset "pid[$1]"
}

await_trading() {
    "$lockstep" health --dir "$work/node" --ready --wait 90s > "$work/health.out" || fail "$(cat "$work/health.out")"
    sleep "$trading_seconds"
}

number() {
    sed -n "s/.*\"$2\":\([0-9][0-9]*\)[,}].*/\1/p" "$1"
}

start driver-a "$a" driver --config "$work/host-a/driver.yaml" --debug-loss-rate "$loss" --debug-loss-seed 1 \
    --debug-delay "$delay"
start driver-b "$b" driver --config "$work/host-b/driver.yaml" --debug-loss-rate "$loss" --debug-loss-seed 2 \
    --debug-delay "$delay"
start venue "$b" gateway --config "$work/host-b/venue.yaml"
start feed "$b" gateway --config "$work/host-b/feed.yaml"
start node "$a" run --config "$work/host-a/node.yaml"
await_trading
end node KILL 137
start node "$a" run --config "$work/host-a/node.yaml"
await_trading
end feed KILL 137
start feed "$b" gateway --config "$work/host-b/feed.yaml"
await_trading
# The market outlives the node, for the venue's time is the market's.
end node TERM 0
end feed TERM 0
end venue TERM 0
end driver-b TERM 0
end driver-a TERM 0

"$lockstep" journal verify "$work/node" > "$work/verify.out" || fail "$(cat "$work/verify.out")"
"$lockstep" replay --verify --journal "$work/node" > "$work/replay.out" || fail "$(cat "$work/replay.out")"
"$lockstep" journal state --json "$work/node" > "$work/state.json"
# What both count, in raw units; the engine's has the decimals beside them.
counted='"(instrumentId|netLots|cash|fees|fills)":-?[0-9]+'
grep -o '"section":"PositionSection",[^}]*' "$work/state.json" | grep -oE "$counted" > "$work/engine"
sed 's/.*"accounts":\[//' "$work/venue.json" | grep -o '"instrumentId":[^}]*' | grep -oE "$counted" > "$work/venue"
[ -s "$work/engine" ] && diff "$work/engine" "$work/venue" || fail "accounts: engine's and venue's differ, see above"
[ "$(number "$work/venue.json" orders)" -gt 0 ] || fail "no order reached the venue"
[ "$(number "$work/venue.json" openOrders)" -eq 0 ] || fail "orders are open at the venue"
lost=$(( $(number "$work/driver-a.json" nakMessagesSent) + $(number "$work/driver-b.json" nakMessagesSent) ))
if [ "$loss" != 0 ]; then
    [ "$lost" -gt 0 ] || fail "nothing was lost, so nothing was shown"
fi
echo "two-namespaces: $topology, loss $loss, delay $delay: $(number "$work/venue.json" orders) orders," \
    "$(number "$work/venue.json" fills) fills, accounts equal, $lost gaps asked for again"
