package dev.farpool.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.farpool.common.BlobFiles;
import dev.farpool.v1.BlobRef;
import dev.farpool.v1.BlobServiceGrpc;
import dev.farpool.v1.DownloadRequest;
import dev.farpool.v1.DownloadResponse;
import dev.farpool.v1.FindMissingRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Blobs, up and down. All methods wait; thread-safe. */
public final class BlobLink {
  private static final int FIND_SECONDS = 30;
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private final Channels channels;

  BlobLink(Channels channels) {
    this.channels = channels;
  }

  /** Those of some blobs that the cluster has not got. */
  public List<BlobRef> findMissing(List<BlobRef> blobs) {
    return BlobServiceGrpc.newBlockingStub(channels.bulk())
        .withDeadlineAfter(FIND_SECONDS, TimeUnit.SECONDS)
        .findMissing(FindMissingRequest.newBuilder().addAllBlobs(blobs).build())
        .getMissingList();
  }

  /**
   * Uploads bytes.
   *
   * @return their name
   * @throws IOException if the cluster does not take them
   * @throws InterruptedException if the thread is interrupted
   */
  public BlobRef upload(byte[] bytes) throws IOException, InterruptedException {
    BlobRef blob = BlobFiles.refOf(bytes);
    upload(blob, new ByteArrayInputStream(bytes));
    return blob;
  }

  /**
   * Uploads a blob.
   *
   * @param in its bytes; not closed
   * @throws IOException if they cannot be read, or the cluster does not take them
   * @throws InterruptedException if the thread is interrupted
   */
  public void upload(BlobRef blob, InputStream in) throws IOException, InterruptedException {
    new BlobUpload(blob).run(BlobServiceGrpc.newStub(channels.bulk()), in);
  }

  /**
   * Downloads a blob.
   *
   * @throws IOException if it is not there, cannot be got, or is larger than an array
   */
  public byte[] download(BlobRef blob) throws IOException {
    if (blob.getSize() > MAX_ARRAY) {
      throw new IOException("a result of " + blob.getSize() + " bytes does not fit an array");
    }
    byte[] bytes = new byte[(int) blob.getSize()];
    int at = 0;
    try {
      Iterator<DownloadResponse> pieces =
          BlobServiceGrpc.newBlockingStub(channels.bulk())
              .download(DownloadRequest.newBuilder().setBlob(blob).build());
      while (pieces.hasNext()) {
        ByteString piece = pieces.next().getData();
        if (piece.size() > bytes.length - at) {
          throw new IOException("a result is larger than was announced");
        }
        piece.copyTo(bytes, at);
        at += piece.size();
      }
    } catch (RuntimeException broken) {
      throw new IOException("cannot download a result: " + Replies.text(broken), broken);
    }
    if (!BlobFiles.refOf(bytes).equals(blob)) {
      throw new IOException("a downloaded result is not what was announced");
    }
    return bytes;
  }

  static ByteString wrap(byte[] bytes, int length) {
    return UnsafeByteOperations.unsafeWrap(bytes, 0, length);
  }
}
