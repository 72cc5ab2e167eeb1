package dev.farpool.cli.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostsFileTest {
  @Test
  void aLineIsAHostWithCoresAndLabels() {
    List<HostLine> hosts =
        HostsFile.parse(
            List.of(
                "# the rack",
                "node1",
                "  ada@node2.lab  8   # the large one",
                "",
                "node3 gpu=yes site=a=b",
                "::1 1"));

    assertEquals(
        List.of(
            new HostLine("node1", "node1", OptionalInt.empty(), Map.of()),
            new HostLine("ada@node2.lab", "node2.lab", OptionalInt.of(8), Map.of()),
            new HostLine(
                "node3", "node3", OptionalInt.empty(), Map.of("gpu", "yes", "site", "a=b")),
            new HostLine("::1", "1", OptionalInt.of(1), Map.of())),
        hosts);
  }

  @Test
  void workersOfOneHostHaveDifferentNames() {
    List<HostLine> hosts = HostsFile.parse(List.of("a", "b@a", "a-2", "a"));

    assertEquals(List.of("a", "a-2", "a-2-2", "a-3"), hosts.stream().map(HostLine::name).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-oProxyCommand=x | line 1: a host is a name or an address",
        "$(reboot)        | line 1: a host is a name or an address",
        "a 0              | line 1: cores must be 1 to 100000, not 0",
        "a 2 fast         | line 1: after the host come its cores and labels",
        "a =b             | line 1: after the host come its cores and labels",
        "#a               | there is no host in it",
      })
  void whatIsWrongIsToldWithItsLine(String line, String message) {
    String text =
        assertThrows(IllegalArgumentException.class, () -> HostsFile.parse(List.of(line)))
            .getMessage();

    assertTrue(text.startsWith(message), text);
  }
}
