package dev.farpool.worker.exec.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HierarchyTest {
  private static String mount(String root, String point, String type, String options) {
    return "31 30 0:28 "
        + root
        + " "
        + point
        + " rw,relatime shared:9 - "
        + type
        + " cgroup "
        + options;
  }

  @Test
  void aHostOfVersionTwoHasOneHierarchy() {
    List<Hierarchy> found =
        Hierarchy.parse(
            List.of("0::/system.slice/farpool-worker.service"),
            List.of(
                "22 1 8:1 / / rw - ext4 /dev/sda1 rw",
                mount("/", "/sys/fs/cgroup", "cgroup2", "rw,nsdelegate")));

    Path own = Path.of("/sys/fs/cgroup/system.slice/farpool-worker.service");
    assertEquals(List.of(new Hierarchy(own, Set.of(), true)), found);
  }

  @Test
  void aHostOfVersionOneHasOneForEachControllerAndOftenOneOfVersionTwo() {
    List<Hierarchy> found =
        Hierarchy.parse(
            List.of("8:pids:/", "4:cpu,cpuacct:/a", "3:memory:/b/c", "1:name=systemd:/d", "0::/e"),
            List.of(
                mount("/", "/cg/memory", "cgroup", "rw,memory"),
                mount("/", "/cg/cpu", "cgroup", "rw,cpu,cpuacct"),
                mount("/", "/cg/pids", "cgroup", "rw,pids"),
                mount("/", "/cg/unified", "cgroup2", "rw")));

    assertEquals(
        List.of(
            new Hierarchy(Path.of("/cg/memory/b/c"), Set.of("memory"), false),
            new Hierarchy(Path.of("/cg/cpu/a"), Set.of("cpu", "cpuacct"), false),
            new Hierarchy(Path.of("/cg/pids"), Set.of("pids"), false),
            new Hierarchy(Path.of("/cg/unified/e"), Set.of(), true)),
        found);
  }

  @Test
  void inAContainerTheMountBeginsFurtherDown() {
    List<String> mounts = List.of(mount("/docker/1", "/sys/fs/cgroup", "cgroup2", "ro"));

    assertEquals(
        List.of(new Hierarchy(Path.of("/sys/fs/cgroup/x"), Set.of(), true)),
        Hierarchy.parse(List.of("0::/docker/1/x"), mounts));
    assertEquals(List.of(), Hierarchy.parse(List.of("0::/docker/12"), mounts));
    assertEquals(List.of(), Hierarchy.parse(List.of("0::/../outside"), mounts));
  }
}
