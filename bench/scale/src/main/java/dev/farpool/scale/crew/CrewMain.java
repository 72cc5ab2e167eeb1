package dev.farpool.scale.crew;

import com.google.gson.Gson;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * The process of a crew. Its argument is a {@link CrewPlan}. It prints {@code ready}, answers each
 * {@code begin} with {@code begun} and each {@code figures} with a line of JSON, and goes when its
 * standard input ends.
 */
public final class CrewMain {
  private static final long PATIENCE_SECONDS = 120;

  private CrewMain() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    EventLoopGroup thread = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    Crew crew = new Crew(CrewPlan.parse(args[0]), thread);
    crew.attach().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    System.out.println("ready");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try {
      serve(crew, in);
    } finally {
      Runtime.getRuntime().halt(0); // A thousand streams need not be ended one by one.
    }
  }

  private static void serve(Crew crew, BufferedReader in) throws IOException {
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.equals("begin")) {
        crew.begin();
        System.out.println("begun");
      } else {
        System.out.println(new Gson().toJson(crew.figures()));
      }
    }
  }
}
