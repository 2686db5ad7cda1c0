# Sourced by ./run, ./test and ./ctx: which stack to build, and what the machine lacks. See "The two stacks" in README.md.
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

# Sets and exports Stack. Given from outside: kept. Else: the packages if they restore, the stand-ins if not; remembered in obj/ until the versions change.
choose_stack() {
  local root why memory versions
  root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
  memory="$root/obj/stack"
  versions="$(cksum < "$root/Stack.props")${OrleansVersion:-}${GrpcVersion:-}${RedisClientVersion:-}"
  if [ -n "${Stack:-}" ]; then
    why="as asked"
  elif [ -f "$memory" ] && [ "$(sed -n 2p "$memory")" = "$versions" ]; then
    Stack="$(sed -n 1p "$memory")"
    why="as found before (obj/stack)"
  else
    if timeout 120 dotnet restore "$root/silo/CustomerContext.Silo" -p:Stack=packages -v q >/dev/null 2>&1; then
      Stack=packages
      why="the packages restore"
    else
      Stack=standins
      why="the feed lacks some packages of Orleans or gRPC"
    fi
    mkdir -p "$root/obj"
    printf '%s\n%s\n' "$Stack" "$versions" > "$memory"
  fi
  export Stack
  [ "${1:-}" = quiet ] || echo "Stack: $Stack ($why)"
}

# Installs Debian packages by name when the commands they bring are missing: need COMMAND PACKAGE
need() {
  command -v "$1" >/dev/null 2>&1 && return
  echo "Installing $2"
  local sudo=""
  [ "$(id -u)" = 0 ] || sudo=sudo
  $sudo apt-get update -qq >/dev/null
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq "$2" >/dev/null
}
