# Sourced by up, down, status, kill, start and sagactl: finds JDK 25, builds what is missing or stale, runs the command.
# Written for bash 3.2, which is what macOS has.

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
home="$(cd "$here/../.." && pwd)"
services="inventory-service payment-service order-service"

is_jdk_25() {
  [ -x "$1/bin/javac" ] || return 1
  if [ -f "$1/release" ]; then
    grep -q '^JAVA_VERSION="25' "$1/release"
  else
    "$1/bin/java" -version 2>&1 | grep -q 'version "25'
  fi
}

# Prints the home of a JDK 25. JAVA_HOME and PATH go first: they are what somebody chose.
find_jdk() {
  local candidate on_path
  on_path="$(command -v javac || true)"
  if [ -n "$on_path" ]; then
    on_path="$(cd "$(dirname "$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")")/.." && pwd)"
  fi
  for candidate in "${JAVA_HOME:-}" "$on_path" \
    /usr/lib/jvm/* /usr/java/* /opt/jdk* /opt/java/* \
    "${HOME:-}"/.sdkman/candidates/java/25* "${HOME:-}"/.jdks/*25* "${HOME:-}"/.asdf/installs/java/*25* \
    "${HOME:-}"/.local/share/mise/installs/java/*25* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk@25; do
    if [ -n "$candidate" ] && is_jdk_25 "$candidate"; then
      echo "$candidate"
      return
    fi
  done
  if [ -x /usr/libexec/java_home ] && candidate="$(/usr/libexec/java_home -v 25 2>/dev/null)" &&
    is_jdk_25 "$candidate"; then
    echo "$candidate"
    return
  fi
  return 1
}

# Whether the jar of a module is missing, or older than something it was made of.
is_stale() {
  local jar sources
  # The service's jars bear the date of the release; what they were made from bears the date of the build.
  jar="$(ls -t "$home/$1"/target/*-SNAPSHOT.jar* 2>/dev/null | head -n 1)"
  [ -n "$jar" ] || return 0
  sources="$(cd "$home" && find pom.xml common/pom.xml common/src/main "$1/pom.xml" "$1/src/main" -newer "$jar" -print 2>/dev/null | head -n 1)"
  [ -n "$sources" ]
}

stale_modules() {
  local module
  for module in $services deploy/local; do
    if is_stale "$module"; then
      echo "$module"
    fi
  done
}

# Maven's log in full goes to a file; the screen gets one line per module, and the end of the log when it fails.
build() {
  local log="$home/deploy/local/target/build.log"
  if ! command -v mvn >/dev/null; then
    echo "Allsquare is not built yet, and there is no mvn on the PATH. Install Maven 3.8.6 or newer, then run this again." >&2
    exit 1
  fi
  mkdir -p "$(dirname "$log")"
  echo "Building $(echo $1) (the whole log: $log)"
  SECONDS=0
  if ! (cd "$home" && mvn -B -Dmaven.test.skip=true -Dspotless.check.skip=true \
    -pl "$(echo $services deploy/local | tr ' ' ',')" -am package 2>&1) | tee "$log" | show_progress; then
    echo "The build has failed. The end of $log:" >&2
    grep -E 'ERROR|BUILD' "$log" | tail -n 30 >&2
    exit 1
  fi
  for module in $services deploy/local; do
    touch "$home/$module"/target/*-SNAPSHOT.jar
  done
  printf '%6d s  Unpacking PostgreSQL and the services\n' "$SECONDS"
  "$JAVA_HOME/bin/java" -XX:+UseSerialGC -Dallsquare.home="$home" \
    -cp "$here/target/classes:$here/target/libraries/*" dev.allsquare.local.Prepare
  echo "Built in $SECONDS s."
}

show_progress() {
  local line files=0
  while IFS= read -r line; do
    case "$line" in
      *"] Building Allsquare "* | *"] Building Allsquare") printf '%6d s  %s\n' "$SECONDS" "$(echo "$line" | sed -E 's/^.*Building ([^[]*[^ []).*\[([0-9]+\/[0-9]+)\].*$/\1 (\2)/; s/ [0-9.]+-SNAPSHOT//')" ;;
      *"Downloaded from"*)
        files=$((files + 1))
        if [ $((files % 100)) = 0 ]; then printf '%6d s  … %d files downloaded\n' "$SECONDS" "$files"; fi
        ;;
    esac
  done
}

launch() {
  set -euo pipefail
  local java_home stale
  if ! java_home="$(find_jdk)"; then
    cat >&2 <<'MESSAGE'
Allsquare needs a JDK 25 and found none: not in JAVA_HOME, not on the PATH, not where JDKs usually are.
Install one (Debian and Ubuntu: apt install openjdk-25-jdk; macOS: brew install openjdk@25;
anywhere: https://adoptium.net), or set JAVA_HOME to where it is, then run this again.
MESSAGE
    exit 1
  fi
  export JAVA_HOME="$java_home"
  stale=""
  if [ "$1" = up ] || [ ! -d "$here/target/libraries" ] || [ ! -f "$here/target/classes/dev/allsquare/local/sagactl/Sagactl.class" ]; then
    stale="$(stale_modules)"
  fi
  if [ -n "$stale" ]; then
    # A mistyped option is told before a build of minutes.
    if [ "$1" = sagactl ]; then
      build "$stale" >&2
    else
      "$JAVA_HOME/bin/java" "$here/src/main/java/dev/allsquare/local/Arguments.java" "$@"
      case " $* " in *" --help "* | *" -h "*) exit 0 ;; esac
      build "$stale"
    fi
  fi
  if [ "$1" = sagactl ]; then
    shift
    exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx64m \
      -Dallsquare.home="$home" -cp "$here/target/classes:$here/target/libraries/*" \
      dev.allsquare.local.sagactl.Sagactl "$@"
  fi
  exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx64m \
    -Dallsquare.home="$home" -cp "$here/target/classes:$here/target/libraries/*" \
    dev.allsquare.local.Main "$@"
}
