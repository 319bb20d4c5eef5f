package dev.allsquare.payment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands between a client and a server. Cut, the connections it has stay open and carry nothing
 * more, as when the machine at their other end lost its power; new ones work.
 */
final class Line implements AutoCloseable {

  private final ServerSocket door = open();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ConcurrentHashMap<Socket, Boolean> alive = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final int server;

  Line(int server) {
    this.server = server;
    var _ = threads.submit(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  void cut() {
    alive.replaceAll((_, _) -> false);
  }

  private static ServerSocket open() {
    try {
      return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Void accept() throws IOException {
    while (true) {
      var client = door.accept();
      var upstream = new Socket(InetAddress.getLoopbackAddress(), server);
      alive.put(client, true);
      var _ = threads.submit(() -> carry(client, client, upstream));
      var _ = threads.submit(() -> carry(client, upstream, client));
    }
  }

  private Void carry(Socket connection, Socket from, Socket to)
      throws IOException, InterruptedException {
    try (from;
        to) {
      var buffer = new byte[8192];
      for (int read; (read = from.getInputStream().read(buffer)) > 0; ) {
        if (!alive.getOrDefault(connection, false)) {
          closed.await();
        }
        to.getOutputStream().write(buffer, 0, read);
      }
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    door.close();
    closed.countDown();
    threads.shutdownNow();
  }
}
