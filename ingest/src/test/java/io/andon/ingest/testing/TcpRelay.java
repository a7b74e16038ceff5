package io.andon.ingest.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * A way to a server on loopback that can be cut as a line or a device that restarts cuts it, or
 * lose packets.
 */
public final class TcpRelay implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final Passing answers;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  /**
   * Starts to relay.
   *
   * @param target port of the server
   */
  public TcpRelay(int target) throws IOException {
    this(target, InputStream::transferTo);
  }

  private TcpRelay(int target, Passing answers) throws IOException {
    this.target = target;
    this.answers = answers;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  /**
   * Starts to relay to an RTSP server, whose packets may be lost on the way.
   *
   * @param target port of the server
   * @param keeps whether an RTP packet arrives; called by one thread for each connection
   */
  public static TcpRelay losing(int target, Predicate<byte[]> keeps) throws IOException {
    return new TcpRelay(target, (from, to) -> Interleaved.pass(from, to, keeps));
  }

  /** The port to connect to. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Ends every connection by a reset, not in good order. */
  public void reset() throws IOException {
    for (Socket socket : sockets) {
      socket.setSoLinger(true, 0);
      socket.close();
    }
    sockets.clear();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.addAll(List.of(client, server));
      daemon(() -> client.getInputStream().transferTo(server.getOutputStream()));
      daemon(() -> answers.pass(server.getInputStream(), client.getOutputStream()));
    }
  }

  private static void daemon(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                // A socket was closed: this way has ended.
              }
            },
            "relay");
    thread.setDaemon(true);
    thread.start();
  }

  private interface Passing {
    void pass(InputStream from, OutputStream to) throws IOException;
  }

  private interface Task {
    void run() throws IOException;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    reset();
  }
}
