package dev.farpool.executor;

import dev.farpool.executor.frame.ChannelKind;
import dev.farpool.executor.frame.FrameType;
import dev.farpool.executor.frame.FrameWriter;
import dev.farpool.executor.task.CommandTask;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;

/**
 * The process in which user code runs.
 *
 * <p>Its main thread reads tasks, runs them and writes their results, so that user code finds
 * itself on the thread that a program of its own would have. Written without lambdas, formats and
 * regular expressions on the way to the first task: each costs milliseconds in a cold JVM.
 */
public final class Main {
  private Main() {}

  /**
   * Runs tasks until the agent says exit or is gone.
   *
   * @throws Throwable what the task of a pool of processes threw, for the JVM to deal with
   */
  public static void main(String[] args) throws Throwable {
    Launch launch = Launch.parse(args);
    Selectors.choose();
    Deadman deadman = new Deadman(launch);
    Watch watch = new Watch(deadman, launch.leaseNanos);
    PatientChannel control = connect(launch, ChannelKind.CONTROL);
    PatientChannel tasks = connect(launch, ChannelKind.TASK);
    Outbound outbound = new Outbound(tasks);
    Stdio stdio = new Stdio(outbound, watch);
    Claims claims = Claims.open(launch.claims, Thread.currentThread());
    CommandTask commands =
        new CommandTask(launch.id, launch.work, stdio.stream(false), stdio.stream(true));
    TaskConversation conversation = new TaskConversation(outbound);
    watch.start(stdio);
    new ControlLoop(control, claims, commands, conversation, watch, deadman).start();
    Runtime.getRuntime().addShutdownHook(new Goodbye(stdio, control, tasks));
    TaskRunner runner = new TaskRunner(outbound, stdio, conversation, claims, watch, commands);
    new TaskLoop(tasks, outbound, stdio, conversation, runner, deadman).run();
  }

  private static PatientChannel connect(Launch launch, byte channelKind) throws IOException {
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(launch.socket));
    FrameWriter hello = new FrameWriter();
    hello.begin(FrameType.HELLO).putByte(channelKind).putString(launch.id);
    hello.putInt(FrameType.VERSION).end();
    channel.write(hello.view());
    return new PatientChannel(channel);
  }
}
