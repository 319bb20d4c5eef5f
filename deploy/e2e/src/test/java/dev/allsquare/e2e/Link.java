package dev.allsquare.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** A TCP connection between two processes that goes through us, so that we can spoil it. */
final class Link implements AutoCloseable {

  enum State {
    WHOLE,
    CUT,
    SLOW,
    /** Ends a connection to PostgreSQL as soon as its COMMIT was passed on. */
    CUT_AT_COMMIT
  }

  private static final int BUFFER = 16_384;
  private static final long DELAY_MILLIS = 150;
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  /** The Parse message that gives COMMIT a name, which later Bind messages use. */
  private static final Pattern NAMED_COMMIT =
      Pattern.compile("P....([A-Za-z0-9_]*)\0COMMIT\0", Pattern.DOTALL);

  private final ServerSocket door;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong harm = new AtomicLong();
  private volatile State state = State.WHOLE;

  Link(int target) {
    this.target = target;
    try {
      this.door = new ServerSocket(0, 200, HERE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().name("link-to-" + target).start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** How many connections and answers it has spoilt since it is there. */
  long harm() {
    return harm.get();
  }

  void is(State now) {
    state = now;
    if (now == State.CUT) {
      open.forEach(this::spoil);
    }
  }

  private void spoil(Socket socket) {
    harm.incrementAndGet();
    end(socket);
  }

  /** Every connection there is ends with an RST. */
  void reset() {
    open.forEach(
        socket -> {
          try {
            socket.setSoLinger(true, 0);
          } catch (IOException e) {
            // It has ended already.
          }
          spoil(socket);
        });
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        join(door.accept());
      } catch (IOException e) {
        // Closing, or the other side is not there: the caller sees its connection end.
      }
    }
  }

  private void join(Socket caller) {
    if (state == State.CUT) {
      spoil(caller);
      return;
    }
    Thread.ofVirtual()
        .start(
            () -> {
              var called = new Socket();
              try {
                called.connect(new InetSocketAddress(HERE, target), 2_000);
                caller.setTcpNoDelay(true);
                called.setTcpNoDelay(true);
                open.add(caller);
                open.add(called);
                if (state == State.CUT) {
                  throw new IOException("cut while they were joined");
                }
                Thread.ofVirtual().start(() -> pass(called, caller, false));
                pass(caller, called, true);
              } catch (IOException e) {
                end(caller);
                end(called);
                open.remove(caller);
                open.remove(called);
              }
            });
  }

  private void pass(Socket from, Socket to, boolean request) {
    var bytes = new byte[BUFFER];
    var commits = ConcurrentHashMap.<String>newKeySet();
    try {
      var in = from.getInputStream();
      var out = to.getOutputStream();
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        // Before it is passed on: the answer may be back before we look again.
        boolean ending = request && isCommit(bytes, read, commits) && state == State.CUT_AT_COMMIT;
        if (state == State.SLOW) {
          harm.incrementAndGet();
          Thread.sleep(DELAY_MILLIS);
        }
        out.write(bytes, 0, read);
        out.flush();
        if (ending) {
          // No answer has a way back from here on.
          spoil(from);
        }
      }
    } catch (IOException e) {
      // One side has gone; so goes the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end(from);
      end(to);
      open.remove(from);
      open.remove(to);
    }
  }

  private static boolean isCommit(byte[] bytes, int length, Set<String> named) {
    var text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    var parse = NAMED_COMMIT.matcher(text);
    boolean found = parse.find();
    if (found && !parse.group(1).isEmpty()) {
      named.add(parse.group(1));
    }
    return found || named.stream().anyMatch(name -> text.contains("\0" + name + "\0"));
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It has ended already.
    }
  }

  @Override
  public void close() {
    is(State.CUT);
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
