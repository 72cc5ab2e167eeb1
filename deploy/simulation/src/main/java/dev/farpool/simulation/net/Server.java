package dev.farpool.simulation.net;

import dev.farpool.simulation.time.VirtualProcess;
import io.grpc.BindableService;
import io.grpc.ServerMethodDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a process serves; and who listens in on what it hears and says. */
public final class Server {
  private final VirtualProcess process;
  private final Wiretap wiretap;
  private final Map<String, ServerMethodDefinition<?, ?>> methods = new LinkedHashMap<>();
  private long lastCall;

  /**
   * @param wiretap is told of every message that reaches the process or leaves it
   */
  public Server(VirtualProcess process, List<BindableService> services, Wiretap wiretap) {
    this.process = process;
    this.wiretap = wiretap;
    for (BindableService service : services) {
      for (ServerMethodDefinition<?, ?> method : service.bindService().getMethods()) {
        methods.put(method.getMethodDescriptor().getFullMethodName(), method);
      }
    }
  }

  VirtualProcess process() {
    return process;
  }

  Wiretap wiretap() {
    return wiretap;
  }

  /** The number of another call. */
  long nextCall() {
    return ++lastCall;
  }

  ServerMethodDefinition<?, ?> method(String name) {
    return methods.get(name);
  }
}
