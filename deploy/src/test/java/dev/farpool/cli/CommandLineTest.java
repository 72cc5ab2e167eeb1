package dev.farpool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class CommandLineTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "coordinator",
        "worker",
        "exec",
        "map",
        "status",
        "workers",
        "pools",
        "tasks",
        "explain",
        "logs",
        "top",
        "drain",
        "cancel",
        "token",
        "token create",
        "token list",
        "token revoke",
        "certs",
        "certs init",
        "certs issue",
        "health",
        "up",
        "down",
        "bench",
        "bench compare",
        "completion"
      })
  void helpOfEachCommandHasAnExample(String command) {
    CommandRunner help = CommandRunner.run((command + " --help").split(" "));

    assertEquals(0, help.exitCode());
    assertTrue(help.out().contains("Usage: farpool " + command), help.out());
    assertTrue(help.out().matches("(?s).*Examples?:\n +farpool " + command + ".*"), help.out());
  }

  @Test
  void versionNamesFarpoolAndJava() {
    CommandRunner version = CommandRunner.run("--version");

    assertTrue(version.out().matches("farpool \\S+ \\(.* Java .*\\)\n"), version.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "                                | a command is needed",
        "stat                            | did you mean status?",
        "status --jsn                    | Unknown option: '--jsn'",
        "status --coordinator nowhere    | address must be HOST:PORT",
        "exec                            | Missing required parameter: 'CMD'",
        "exec --timeout 5x -- true       | a duration is a number with ms, s, m or h",
        "map                             | Missing required parameter: 'CMD'",
        "map -j 0 true                   | --jobs must be 1 to 1000000",
        "map --retries 0 true            | --retries must be at least 1",
        "map --resume true               | --resume needs the job log",
        "map -k --line-buffer true       | exclude each other",
        "map --halt maybe true           | it is never, or now or soon with",
        "map echo {%}                    | {%} cannot be told",
        "map -a nowhere true             | there is no file nowhere to read",
        "drain                           | Missing required parameter: 'WORKER'",
        "worker --cores 0                | cores must be 1 to 100000, not 0",
        "worker --cores many             | 'many' is not an int",
        "worker --name a/b               | name must be",
        "worker --label gpu              | --label",
        "up                              | Missing required option: '--hosts=FILE'",
        "up --hosts nowhere              | there is no file nowhere to read",
        "down --hosts /dev/null          | /dev/null: there is no host in it",
        "worker --executor-limits x=1    | executorLimits must be numbers for as, core, cpu,",
        "worker --executor-limits memory=2x | an amount is a number, also with K, M or G",
        "worker --drain-timeout soon     | a duration is a number with ms, s, m or h",
        "worker --metrics 9400           | address must be HOST:PORT",
        "worker --metrics 0.0.0.0:0      | add --insecure if that may be",
        "coordinator --listen 7400       | address must be HOST:PORT",
        "coordinator --listen 0.0.0.0:0  | add --insecure",
        "coordinator --console on        | address must be HOST:PORT",
        "coordinator --console [::]:7401 | add --insecure",
        "coordinator --tls-cert a.pem   | --tls-cert and --tls-key need each other",
        "coordinator --tls-client-ca a  | --tls-client-ca needs a certificate of the coordinator",
        "coordinator --listen 0.0.0.0:0 --tokens t | will not listen on 0.0.0.0:0",
        "status --tls-cert a.pem         | --tls-cert (FARPOOL_TLS_CERT) needs --tls-key",
        "status --tls-ca nowhere.pem     | there is no file nowhere.pem",
        "worker --token-file nowhere     | there is no file nowhere",
        "token                           | create, list or revoke is needed",
        "token create --name a --role client | Missing required option: '--tokens=FILE'",
        "token create --tokens t --name a/b --role client | --name must be 1 to 100 characters",
        "token create --tokens t --name a --role admin | --role must be client, worker, operator",
        "certs                           | init or issue is needed",
        "certs init d --host db1:7400    | --host must be a name or an address without a port",
        "certs init d --days 0           | --days must be 1 to 3650, not 0",
        "certs issue d --role admin      | --role must be client, worker, operator or viewer",
        "coordinator --lease 10ms        | --lease must be 1s to 1h, not 10ms",
        "coordinator --session-grace 2h  | --session-grace must be 1s to 1h, not 7200000ms",
        "tasks --limit 0                 | --limit must be 1 to 1000000, not 0",
        "tasks --state sleeping          | expected one of [WAITING, RUNNING, SUCCEEDED, FAILED,",
        "logs map                        | a task is POOL/INDEX, for example map/17, not map",
        "top --interval 10ms             | --interval must be 100ms to 1h, not 10ms",
        "bench --processes 0             | processes must be 1 to 1000000, not 0",
        "bench --repeat 0                | repeat must be 1 to 1000, not 0",
        "bench --workload fast           | workload must be one of [noop,",
        "bench --pids worker             | worker",
        "bench --pids worker=0           | there is no process 0 for worker",
        "bench --pids client=1           | pids must be like worker=456",
        "bench compare one.json          | Missing required parameter: 'AFTER'",
        "bench compare no.json no.json   | there is no file no.json",
        "status --log-level LOUD         | LOUD",
        "status --log-format XML         | XML",
      })
  void wrongCommandLineIsExitCodeTwoAndOneLine(String arguments, String message) {
    String[] words = arguments == null ? new String[0] : arguments.split(" +");

    CommandRunner run = CommandRunner.run(words);

    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.err().contains(message), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertEquals("", run.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"exec", "map"})
  void optionsOfTheCommandThatIsRunAreItsOwn(String command) {
    CommandRunner run =
        CommandRunner.run(command, "--coordinator", "127.0.0.1:1", "ls", "--config", "nowhere");

    assertEquals(3, run.exitCode(), run.err());
  }

  @Test
  void dryRunShowsTheCommandsAsAShellReadsThem(@TempDir Path temp) throws IOException {
    Path input = Files.writeString(temp.resolve("lines"), "a b.txt\nc\n");

    CommandRunner run =
        CommandRunner.run("map", "-a", input.toString(), "--dry-run", "cp", "{}", "{.}-{#}");

    assertEquals("cp 'a b.txt' 'a b-1'\ncp c c-2\n", run.out());
  }
}
