package io.andon.images.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * As much of S3's protocol as Flink's plugin speaks: buckets in the path, objects whole or in
 * parts. It asks for an access key, and lets nobody in who signs with another one.
 */
public final class ObjectStorage implements AutoCloseable {
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int NO_CONTENT = 204;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int NOT_IMPLEMENTED = 501;
  private static final int HEXADECIMAL = 16;
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);
  private static final String UPLOAD = "uploadId";
  private static final Pattern KEY = Pattern.compile("<Key>(.*?)</Key>");
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

  private record Stored(byte[] content, Instant written) {}

  private final NavigableMap<String, Stored> objects = new ConcurrentSkipListMap<>();
  private final Map<String, NavigableMap<Integer, byte[]>> uploads = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final String accessKey;

  private ObjectStorage(HttpServer server, String accessKey) {
    this.server = server;
    this.accessKey = accessKey;
  }

  /** Starts it on a free port of loopback. */
  public static ObjectStorage start(String accessKey) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ObjectStorage storage = new ObjectStorage(server, accessKey);
    server.createContext("/", storage::answer);
    server.setExecutor(storage.threads);
    server.start();
    return storage;
  }

  /** What goes into {@code s3.endpoint}. */
  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Names of objects, {@code bucket/key}, in order. */
  public List<String> names() {
    return List.copyOf(objects.keySet());
  }

  /** Adds an object. */
  public void put(String name, byte[] content) {
    objects.put(name, new Stored(content.clone(), Instant.now()));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String signed = header(exchange, "Authorization");
      if (!signed.contains("Credential=" + accessKey + "/")) {
        error(exchange, FORBIDDEN, "InvalidAccessKeyId");
        return;
      }
      String path = exchange.getRequestURI().getPath().substring(1);
      String query = "&" + String.valueOf(exchange.getRequestURI().getRawQuery()) + "&";
      boolean bucket = !path.contains("/") || path.indexOf('/') == path.length() - 1;
      switch (exchange.getRequestMethod() + (bucket ? " bucket" : " object")) {
        case "HEAD bucket" -> send(exchange, OK, "");
        case "GET bucket" -> list(exchange, path.replace("/", ""), query);
        case "POST bucket" -> deleteAll(exchange, path.replace("/", ""), new String(body, UTF_8));
        case "HEAD object", "GET object" -> read(exchange, path);
        case "PUT object" -> write(exchange, path, query, body);
        case "POST object" -> upload(exchange, path, query);
        case "DELETE object" -> {
          if (parameter(query, UPLOAD).isEmpty()) {
            objects.remove(path);
          } else {
            uploads.remove(parameter(query, UPLOAD));
          }
          send(exchange, NO_CONTENT, "");
        }
        default -> error(exchange, NOT_IMPLEMENTED, "NotImplemented");
      }
    }
  }

  private void list(HttpExchange exchange, String bucket, String query) throws IOException {
    if (query.contains("&location&")) {
      send(exchange, OK, "<LocationConstraint/>");
      return;
    }
    String prefix = bucket + "/" + parameter(query, "prefix");
    String delimiter = parameter(query, "delimiter");
    int most = Integer.parseInt("0" + parameter(query, "max-keys"));
    StringBuilder contents = new StringBuilder();
    Set<String> folders = new TreeSet<>();
    int count = 0;
    for (String name : objects.tailMap(prefix, true).keySet()) {
      Stored stored = objects.get(name);
      if (stored == null || !name.startsWith(prefix) || (most > 0 && count >= most)) {
        continue;
      }
      int end = delimiter.isEmpty() ? -1 : name.indexOf(delimiter, prefix.length());
      String key = name.substring(bucket.length() + 1);
      if (end >= 0) {
        folders.add(key.substring(0, end - bucket.length()));
      } else {
        contents.append(
            "<Contents><Key>%s</Key><LastModified>%s</LastModified><ETag>%s</ETag><Size>%d</Size></Contents>"
                .formatted(
                    key,
                    stored.written.truncatedTo(ChronoUnit.SECONDS),
                    etag(stored.content),
                    stored.content.length));
      }
      count++;
    }
    String common =
        folders.stream()
            .map("<CommonPrefixes><Prefix>%s</Prefix></CommonPrefixes>"::formatted)
            .collect(Collectors.joining());
    send(
        exchange,
        OK,
        "<ListBucketResult><Name>%s</Name><Prefix>%s</Prefix><KeyCount>%d</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>%s%s</ListBucketResult>"
            .formatted(bucket, parameter(query, "prefix"), count, contents, common));
  }

  private void deleteAll(HttpExchange exchange, String bucket, String body) throws IOException {
    List<String> keys =
        KEY.matcher(body).results().map((MatchResult match) -> match.group(1)).toList();
    keys.forEach(key -> objects.remove(bucket + "/" + key));
    Function<String, String> deleted = "<Deleted><Key>%s</Key></Deleted>"::formatted;
    send(
        exchange,
        OK,
        "<DeleteResult>"
            + keys.stream().map(deleted).collect(Collectors.joining())
            + "</DeleteResult>");
  }

  private void read(HttpExchange exchange, String name) throws IOException {
    Stored stored = objects.get(name);
    if (stored == null) {
      error(exchange, NOT_FOUND, "NoSuchKey");
      return;
    }
    byte[] content = stored.content;
    exchange.getResponseHeaders().set("ETag", etag(content));
    exchange.getResponseHeaders().set("Last-Modified", HTTP_DATE.format(stored.written));
    Matcher range = RANGE.matcher(header(exchange, "Range"));
    boolean part = range.matches();
    if (part) {
      int from = Integer.parseInt(range.group(1));
      String last = range.group(2);
      int end =
          last.isEmpty() ? content.length : Math.min(content.length, Integer.parseInt(last) + 1);
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes %d-%d/%d".formatted(from, end - 1, content.length));
      content = Arrays.copyOfRange(content, from, end);
    }
    send(exchange, part ? PARTIAL : OK, content);
  }

  /** Begins to take an object in parts, or puts it together of all of them. */
  private void upload(HttpExchange exchange, String name, String query) throws IOException {
    String id = parameter(query, UPLOAD);
    if (id.isEmpty()) {
      String begun = "upload-" + count.incrementAndGet();
      uploads.put(begun, new ConcurrentSkipListMap<>());
      send(
          exchange,
          OK,
          "<InitiateMultipartUploadResult><UploadId>%s</UploadId></InitiateMultipartUploadResult>"
              .formatted(begun));
      return;
    }
    NavigableMap<Integer, byte[]> parts = uploads.remove(id);
    if (parts == null) {
      error(exchange, NOT_FOUND, "NoSuchUpload");
      return;
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    parts.values().forEach(content::writeBytes);
    put(name, content.toByteArray());
    send(
        exchange,
        OK,
        "<CompleteMultipartUploadResult><ETag>%s</ETag></CompleteMultipartUploadResult>"
            .formatted(etag(content.toByteArray())));
  }

  private void write(HttpExchange exchange, String name, String query, byte[] body)
      throws IOException {
    String source = header(exchange, "x-amz-copy-source");
    byte[] content;
    if (source.isEmpty()) {
      content = header(exchange, "x-amz-decoded-content-length").isEmpty() ? body : parts(body);
    } else {
      Stored copied = objects.get(URLDecoder.decode(source, UTF_8).replaceFirst("^/", ""));
      if (copied == null) {
        error(exchange, NOT_FOUND, "NoSuchKey");
        return;
      }
      content = copied.content;
    }
    NavigableMap<Integer, byte[]> parts = uploads.get(parameter(query, UPLOAD));
    if (parts == null) {
      put(name, content);
    } else {
      parts.put(Integer.parseInt(parameter(query, "partNumber")), content);
    }
    exchange.getResponseHeaders().set("ETag", etag(content));
    send(
        exchange,
        OK,
        source.isEmpty()
            ? ""
            : "<CopyObjectResult><LastModified>%s</LastModified><ETag>%s</ETag></CopyObjectResult>"
                .formatted(Instant.now().truncatedTo(ChronoUnit.SECONDS), etag(content)));
  }

  /** A body that is signed in parts, each behind a line with its length in hexadecimal. */
  private static byte[] parts(byte[] body) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    int at = 0;
    while (at < body.length) {
      int end = at;
      while (body[end] != '\r') {
        end++;
      }
      String length = new String(body, at, end - at, UTF_8).split(";", 2)[0];
      int bytes = Integer.parseInt(length, HEXADECIMAL);
      content.write(body, end + 2, bytes);
      at = bytes == 0 ? body.length : end + 2 + bytes + 2;
    }
    return content.toByteArray();
  }

  private static String parameter(String query, String name) {
    int at = query.indexOf("&" + name + "=");
    if (at < 0) {
      return "";
    }
    int from = at + name.length() + 2;
    return URLDecoder.decode(query.substring(from, query.indexOf('&', from)), UTF_8);
  }

  private static String header(HttpExchange exchange, String name) {
    @Nullable String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  private static String etag(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("MD5").digest(content);
      return "\"" + HexFormat.of().formatHex(digest) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static void error(HttpExchange exchange, int status, String code) throws IOException {
    send(exchange, status, "<Error><Code>" + code + "</Code></Error>");
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    send(exchange, status, text.getBytes(UTF_8));
  }

  private static void send(HttpExchange exchange, int status, byte[] content) throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
    }
    boolean none = head || status == NO_CONTENT;
    exchange.sendResponseHeaders(status, none || content.length == 0 ? -1 : content.length);
    if (!none && content.length > 0) {
      exchange.getResponseBody().write(content);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
