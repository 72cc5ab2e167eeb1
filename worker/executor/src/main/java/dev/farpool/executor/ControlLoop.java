package dev.farpool.executor;

import dev.farpool.executor.frame.FrameReader;
import dev.farpool.executor.frame.FrameType;
import dev.farpool.executor.frame.FrameWriter;
import dev.farpool.executor.task.CommandTask;
import dev.farpool.executor.task.SideThread;
import java.io.IOException;

/** The thread that obeys the agent while a task runs; when the agent is gone, so is the process. */
final class ControlLoop implements Runnable {
  private final PatientChannel channel;
  private final Claims claims;
  private final CommandTask commands;
  private final TaskConversation conversation;
  private final Watch watch;
  private final Deadman deadman;

  ControlLoop(
      PatientChannel channel,
      Claims claims,
      CommandTask commands,
      TaskConversation conversation,
      Watch watch,
      Deadman deadman) {
    this.channel = channel;
    this.claims = claims;
    this.commands = commands;
    this.conversation = conversation;
    this.watch = watch;
    this.deadman = deadman;
  }

  void start() {
    SideThread.of("farpool-control", this).start();
  }

  @Override
  public void run() {
    try {
      FrameReader in = new FrameReader(channel, 1024);
      for (int type = in.next(); type != FrameReader.END; type = in.next()) {
        obey(type, in);
      }
      deadman.end("the worker is gone");
    } catch (IOException | RuntimeException broken) {
      deadman.end("the control channel is broken: " + broken);
    }
  }

  private void obey(int type, FrameReader in) throws IOException {
    switch (type) {
      case FrameType.TICK -> watch.renew(in.readLong());
      case FrameType.INTERRUPT -> claims.interrupt(in.readLong());
      case FrameType.SIGNAL -> commands.signal(in.readLong(), in.readInt());
      case FrameType.RECALL -> recall(in.readLong());
      case FrameType.ASK -> conversation.ask();
      default -> {
        // A newer agent's word.
      }
    }
  }

  private void recall(long below) throws IOException {
    FrameWriter frame = new FrameWriter();
    frame.begin(FrameType.RECALLED).putLong(claims.recall(below)).putLong(below).end();
    channel.write(frame.view());
  }
}
