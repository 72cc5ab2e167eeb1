package dev.farpool.coordinator.access;

import static dev.farpool.coordinator.access.Role.CLIENT;
import static dev.farpool.coordinator.access.Role.OPERATOR;
import static dev.farpool.coordinator.access.Role.VIEWER;
import static dev.farpool.coordinator.access.Role.WORKER;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Which roles may call which method: this table and nothing else. What is not in it is refused. */
final class Permissions {
  private static final Map<String, Set<Role>> TABLE = new LinkedHashMap<>();

  /** Methods that tell nothing and are asked by those that have no identity, such as probes. */
  private static final Set<String> OPEN = Set.of("grpc.health.v1.Health/Check");

  static {
    Set<Role> submitters = EnumSet.of(CLIENT, OPERATOR);
    Set<Role> onlookers = EnumSet.of(CLIENT, OPERATOR, VIEWER);

    allow("farpool.v1.PoolService/OpenSession", submitters);
    allow("farpool.v1.PoolService/KeepAlive", submitters);
    allow("farpool.v1.PoolService/CloseSession", submitters);
    allow("farpool.v1.PoolService/CreatePool", submitters);
    allow("farpool.v1.PoolService/Submit", submitters);
    allow("farpool.v1.PoolService/Results", submitters);
    allow("farpool.v1.PoolService/AcknowledgeResults", submitters);
    allow("farpool.v1.PoolService/ClosePool", submitters);
    allow("farpool.v1.PoolService/JoinPool", submitters);
    allow("farpool.v1.PoolService/TerminatePool", submitters);
    allow("farpool.v1.PoolService/CancelTasks", submitters);
    allow("farpool.v1.PoolService/SignalTasks", submitters);
    allow("farpool.v1.PoolService/ExplainTask", onlookers);

    allow("farpool.v1.WorkerService/Attach", EnumSet.of(WORKER));

    allow("farpool.v1.BlobService/FindMissing", submitters);
    allow("farpool.v1.BlobService/Upload", EnumSet.of(CLIENT, WORKER, OPERATOR));
    allow("farpool.v1.BlobService/Download", EnumSet.of(CLIENT, WORKER, OPERATOR));

    allow("farpool.v1.ClusterService/GetStatus", onlookers);
    allow("farpool.v1.ClusterService/ListTasks", onlookers);
    allow("farpool.v1.ClusterService/GetTask", onlookers);
    allow("farpool.v1.ClusterService/ReadTaskOutput", onlookers);
    allow("farpool.v1.ClusterService/GetActivity", EnumSet.of(OPERATOR, VIEWER));
    allow("farpool.v1.ClusterService/DrainWorker", EnumSet.of(OPERATOR));

    for (String method :
        Set.of(
            "GetTopChannels",
            "GetServers",
            "GetServer",
            "GetServerSockets",
            "GetChannel",
            "GetSubchannel",
            "GetSocket")) {
      allow("grpc.channelz.v1.Channelz/" + method, EnumSet.of(OPERATOR));
    }
    allow("grpc.reflection.v1.ServerReflection/ServerReflectionInfo", EnumSet.of(OPERATOR));
    allow("grpc.health.v1.Health/Watch", EnumSet.allOf(Role.class));
  }

  private Permissions() {}

  private static void allow(String method, Set<Role> roles) {
    TABLE.put(method, roles);
  }

  /** Whether a method needs no identity. */
  static boolean isOpen(String method) {
    return OPEN.contains(method);
  }

  /** The roles that may call a method; none for one that is not in the table. */
  static Set<Role> of(String method) {
    return TABLE.getOrDefault(method, Set.of());
  }

  /** Every method that somebody may call, with who may. */
  static Map<String, Set<Role>> all() {
    return TABLE;
  }
}
