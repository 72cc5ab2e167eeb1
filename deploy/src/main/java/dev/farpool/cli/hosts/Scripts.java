package dev.farpool.cli.hosts;

/** What runs on hosts. Each on one line for the wire, and of commands that every Linux has. */
final class Scripts {
  /** What {@link #RUN} and {@link #LEAVE} exit with where the distribution is not there yet. */
  static final int NOT_THERE = 90;

  private static final String BEGIN =
      "absolute() { case $1 in /*) echo \"$1\";; *) echo \"$PWD/$1\";; esac; }; "
          + "farpool=$(absolute \"$1\")/bin/farpool; [ -x \"$farpool\" ] || exit "
          + NOT_THERE
          + "; [ -z \"$2\" ] || export JAVA_HOME=\"$2\"; ";

  /**
   * {@code DIRECTORY JAVA_HOME FILES OPTION…}: runs a worker as long as somebody holds its standard
   * input open. Each line of that is a signal to stop; its end is one too, unless there was a line.
   */
  static final String RUN =
      BEGIN
          + "[ -z \"$3\" ] || cd \"$3\" || exit 1; shift 3; exec 3<&0; "
          + "\"$farpool\" worker \"$@\" </dev/null 3<&- & worker=$!; "
          + "{ asked=; while read -r line <&3; do asked=yes; kill -TERM $worker; done; "
          + "[ -n \"$asked\" ] || kill -TERM $worker; } >/dev/null 2>&1 & listener=$!; "
          + "wait $worker; code=$?; kill $listener 2>/dev/null; exit $code";

  /**
   * {@code DIRECTORY JAVA_HOME FILES PLACE NAME OPTION…}: starts a worker that stays, and waits
   * until it is attached or has failed. Beside {@code PLACE/NAME} are its process id and its log.
   */
  static final String LEAVE =
      BEGIN
          + "mkdir -p \"$4\" || exit 1; base=$(absolute \"$4\")/$5; "
          + "if grep -qs dev.farpool.cli.Farpool \"/proc/$(cat \"$base.pid\" 2>/dev/null)/cmdline\"; "
          + "then echo \"a worker runs here already; stop it with farpool down\"; exit 1; fi; "
          + "[ -z \"$3\" ] || cd \"$3\" || exit 1; shift 5; "
          + "nohup \"$farpool\" worker \"$@\" </dev/null >\"$base.log\" 2>&1 & worker=$!; "
          + "echo $worker >\"$base.pid\"; while kill -0 $worker 2>/dev/null; do "
          + "grep \"^farpool worker .*, attached to \" \"$base.log\" && exit 0; sleep 0.2; done; "
          + "wait $worker; code=$?; tail -n 1 \"$base.log\"; rm -f \"$base.pid\"; exit $code";

  /** {@code PLACE NAME}: lets a worker that stayed finish, and waits until it has ended. */
  static final String STOP =
      "base=$1/$2; worker=$(cat \"$base.pid\" 2>/dev/null); "
          + "alive() { grep -qs dev.farpool.cli.Farpool \"/proc/$worker/cmdline\"; }; "
          + "if [ -z \"$worker\" ] || ! alive; then echo \"no worker was left here\"; exit 0; fi; "
          + "kill -TERM $worker; while alive; do sleep 0.2; done; rm -f \"$base.pid\"; "
          + "echo stopped";

  /** {@code DIRECTORY}: unpacks an archive from standard input there, whole or not at all. */
  static final String RECEIVE =
      "umask 022; mkdir -p \"$(dirname \"$1\")\" && new=$(mktemp -d \"$1.XXXXXX\") || exit 1; "
          + "trap 'rm -rf \"$new\"' EXIT; chmod 755 \"$new\" && tar -xf - -C \"$new\" "
          + "&& { [ -d \"$1\" ] || mv \"$new\" \"$1\"; }";

  /**
   * {@code DIRECTORY}: unpacks an archive there, for nobody but the user to read: the archive
   * brings modes of its own, so it is the directory around it that is closed.
   */
  static final String RECEIVE_FILES =
      "around=$(dirname \"$1\"); mkdir -p \"$around\" && chmod 700 \"$around\" && mkdir -p \"$1\" "
          + "&& tar -xf - -C \"$1\"";

  private Scripts() {}
}
