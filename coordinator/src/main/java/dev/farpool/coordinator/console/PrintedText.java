package dev.farpool.coordinator.console;

import com.google.gson.stream.JsonWriter;
import com.google.protobuf.ByteString;
import dev.farpool.v1.OutputPiece;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a task printed at a stretch to one of its streams.
 *
 * @param attempt that printed
 * @param stderr whether it went to standard error
 * @param dropped how many bytes before it are not there
 */
record PrintedText(int attempt, boolean stderr, long dropped, ByteString bytes) {
  /** Joins pieces that follow one another: a character may begin in one and end in the next. */
  static List<PrintedText> of(List<OutputPiece> pieces) {
    List<PrintedText> texts = new ArrayList<>();
    for (OutputPiece piece : pieces) {
      PrintedText text =
          new PrintedText(
              piece.getAttempt(), piece.getStderr(), piece.getDropped(), piece.getData());
      int last = texts.size() - 1;
      if (last >= 0 && texts.get(last).continuesIn(text)) {
        texts.set(last, texts.get(last).followedBy(text));
      } else {
        texts.add(text);
      }
    }
    return texts;
  }

  /** All that was printed, without what tells the streams apart. */
  static byte[] bytes(List<OutputPiece> pieces) {
    ByteString all = ByteString.EMPTY;
    for (OutputPiece piece : pieces) {
      all = all.concat(piece.getData());
    }
    return all.toByteArray();
  }

  private boolean continuesIn(PrintedText next) {
    return attempt == next.attempt && stderr == next.stderr && next.dropped == 0;
  }

  private PrintedText followedBy(PrintedText next) {
    return new PrintedText(attempt, stderr, dropped, bytes.concat(next.bytes));
  }

  void write(JsonWriter json) throws IOException {
    json.beginObject();
    json.name("attempt").value(attempt);
    json.name("stderr").value(stderr);
    json.name("dropped").value(dropped);
    json.name("text").value(bytes.toStringUtf8());
    json.endObject();
  }
}
