package io.andon.images.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The ConfigMaps of Kubernetes' API, which are all that Flink's high availability uses of it: with
 * versions, selectors and watches. Whatever else is asked for is refused and noted.
 */
public final class ConfigMaps implements AutoCloseable {
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int UNAVAILABLE = 503;
  private static final String NAME = "/metadata/name";
  private static final String VERSION = "resourceVersion";
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Watch(Predicate<JsonNode> wanted, BlockingQueue<String> events) {}

  private final Map<String, ObjectNode> maps = new TreeMap<>();
  private final List<Watch> watches = new ArrayList<>();
  private final Queue<String> refused = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final String folder;
  private long version = 1;

  private ConfigMaps(HttpServer server, String namespace) {
    this.server = server;
    this.folder = "/api/v1/namespaces/" + namespace + "/configmaps";
  }

  /** Starts it on a free port of loopback. */
  public static ConfigMaps start(String namespace) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ConfigMaps api = new ConfigMaps(server, namespace);
    server.createContext("/", api::answer);
    server.setExecutor(api.threads);
    server.start();
    return api;
  }

  /** A kubeconfig that leads here. */
  public String kubeconfig() {
    return """
        apiVersion: v1
        kind: Config
        current-context: here
        contexts: [{name: here, context: {cluster: here, user: nobody}}]
        clusters: [{name: here, cluster: {server: "http://127.0.0.1:%d"}}]
        users: [{name: nobody, user: {}}]
        """
        .formatted(server.getAddress().getPort());
  }

  /** Names of those that a selector of labels finds. */
  public synchronized List<String> names(String labels) {
    return maps.values().stream()
        .filter(hasLabels(labels))
        .map(map -> map.at(NAME).asText())
        .toList();
  }

  /** What was asked for and is not here. */
  public List<String> refused() {
    return List.copyOf(refused);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String method = exchange.getRequestMethod();
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (!path.equals(folder) && !path.startsWith(folder + "/")) {
        refused.add(method + " " + path);
        send(exchange, FORBIDDEN, status(FORBIDDEN, "Forbidden"));
      } else if (path.equals(folder)
          && method.equals("GET")
          && parameter(exchange, "watch").equals("true")) {
        watch(exchange);
      } else {
        change(exchange, method, path.substring(folder.length()).replace("/", ""), body);
      }
    }
  }

  private synchronized void change(HttpExchange exchange, String method, String name, byte[] body)
      throws IOException {
    if (name.isEmpty() && method.equals("GET")) {
      send(exchange, OK, list(selected(exchange)));
    } else if (name.isEmpty() && method.equals("POST")) {
      create(exchange, (ObjectNode) JSON.readTree(body));
    } else if (name.isEmpty() && method.equals("DELETE")) {
      List<String> gone =
          maps.values().stream()
              .filter(selected(exchange))
              .map(map -> map.at(NAME).asText())
              .toList();
      gone.forEach(this::remove);
      send(exchange, OK, status(OK, "Success"));
    } else if (!maps.containsKey(name)) {
      send(exchange, NOT_FOUND, status(NOT_FOUND, "NotFound"));
    } else if (method.equals("GET")) {
      send(exchange, OK, Objects.requireNonNull(maps.get(name)));
    } else if (method.equals("DELETE")) {
      remove(name);
      send(exchange, OK, status(OK, "Success"));
    } else {
      update(exchange, method, name, JSON.readTree(body));
    }
  }

  private void create(HttpExchange exchange, ObjectNode map) throws IOException {
    String name = map.at(NAME).asText();
    if (maps.containsKey(name)) {
      send(exchange, CONFLICT, status(CONFLICT, "AlreadyExists"));
      return;
    }
    put("ADDED", name, map);
    send(exchange, CREATED, map);
  }

  private void update(HttpExchange exchange, String method, String name, JsonNode body)
      throws IOException {
    ObjectNode before = Objects.requireNonNull(maps.get(name));
    ObjectNode after = method.equals("PUT") ? (ObjectNode) body : patched(before.deepCopy(), body);
    String wanted = after.at("/metadata/" + VERSION).asText();
    if (!wanted.isEmpty() && !wanted.equals(before.at("/metadata/" + VERSION).asText())) {
      send(exchange, CONFLICT, status(CONFLICT, "Conflict"));
      return;
    }
    put("MODIFIED", name, after);
    send(exchange, OK, after);
  }

  /** By RFC 6902 where the body is a list, by RFC 7396 otherwise. */
  private static ObjectNode patched(ObjectNode map, JsonNode patch) {
    if (!patch.isArray()) {
      return merged(map, patch);
    }
    for (JsonNode operation : patch) {
      String path = operation.get("path").asText();
      int last = path.lastIndexOf('/');
      ObjectNode parent = (ObjectNode) map.at(path.substring(0, last));
      String key = path.substring(last + 1).replace("~1", "/").replace("~0", "~");
      if (operation.get("op").asText().equals("remove")) {
        parent.remove(key);
      } else if (!operation.get("op").asText().equals("test")) {
        parent.set(key, operation.get("value"));
      }
    }
    return map;
  }

  private static ObjectNode merged(ObjectNode map, JsonNode patch) {
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      if (field.getValue().isNull()) {
        map.remove(field.getKey());
      } else if (field.getValue().isObject() && map.path(field.getKey()).isObject()) {
        merged((ObjectNode) map.get(field.getKey()), field.getValue());
      } else {
        map.set(field.getKey(), field.getValue());
      }
    }
    return map;
  }

  private void put(String event, String name, ObjectNode map) {
    ObjectNode metadata = (ObjectNode) map.get("metadata");
    metadata.put(VERSION, Long.toString(++version));
    if (!metadata.has("uid")) {
      metadata.put("uid", "uid-of-" + name);
    }
    map.put("apiVersion", "v1").put("kind", "ConfigMap");
    maps.put(name, map);
    tell(event, map);
  }

  private void remove(String name) {
    ObjectNode map = maps.remove(name);
    if (map != null) {
      ((ObjectNode) map.get("metadata")).put(VERSION, Long.toString(++version));
      tell("DELETED", map);
    }
  }

  private void tell(String event, ObjectNode map) {
    ObjectNode told = JSON.createObjectNode().put("type", event);
    told.set("object", map.deepCopy());
    for (Watch watch : watches) {
      if (watch.wanted.test(map)) {
        watch.events.add(told + "\n");
      }
    }
  }

  /** Clients try WebSockets first, and take a long answer where there are none. */
  private void watch(HttpExchange exchange) throws IOException {
    if (exchange.getRequestHeaders().containsKey("Upgrade")) {
      send(exchange, UNAVAILABLE, status(UNAVAILABLE, "ServiceUnavailable"));
      return;
    }
    Watch watch = new Watch(selected(exchange), new LinkedBlockingQueue<>());
    long since = Long.parseLong("0" + parameter(exchange, VERSION));
    synchronized (this) {
      for (ObjectNode map : maps.values()) {
        if (watch.wanted.test(map) && map.at("/metadata/" + VERSION).asLong() > since) {
          ObjectNode told = JSON.createObjectNode().put("type", "MODIFIED");
          told.set("object", map.deepCopy());
          watch.events.add(told + "\n");
        }
      }
      watches.add(watch);
    }
    try {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(OK, 0);
      while (true) {
        String event = watch.events.poll(1, TimeUnit.SECONDS);
        // A client that has gone shows when something is written.
        exchange.getResponseBody().write((event == null ? bookmark() : event).getBytes(UTF_8));
        exchange.getResponseBody().flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      synchronized (this) {
        watches.remove(watch);
      }
    }
  }

  private synchronized String bookmark() {
    ObjectNode told = JSON.createObjectNode().put("type", "BOOKMARK");
    ObjectNode map = told.putObject("object").put("apiVersion", "v1").put("kind", "ConfigMap");
    map.putObject("metadata").put(VERSION, Long.toString(version));
    return told + "\n";
  }

  private static Predicate<JsonNode> selected(HttpExchange exchange) {
    String field = parameter(exchange, "fieldSelector");
    Predicate<JsonNode> labels = hasLabels(parameter(exchange, "labelSelector"));
    return map ->
        labels.test(map)
            && (field.isEmpty() || field.equals("metadata.name=" + map.at(NAME).asText()));
  }

  private static Predicate<JsonNode> hasLabels(String selector) {
    return map -> {
      for (String label : selector.isEmpty() ? new String[0] : selector.split(",", -1)) {
        String[] parts = label.split("==?", 2);
        if (!map.at("/metadata/labels").path(parts[0]).asText().equals(parts[1])) {
          return false;
        }
      }
      return true;
    };
  }

  private ObjectNode list(Predicate<JsonNode> wanted) {
    ObjectNode list = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "ConfigMapList");
    list.putObject("metadata").put(VERSION, Long.toString(version));
    ArrayNode items = list.putArray("items");
    maps.values().stream().filter(wanted).forEach(items::add);
    return list;
  }

  private static ObjectNode status(int code, String reason) {
    return JSON.createObjectNode()
        .put("apiVersion", "v1")
        .put("kind", "Status")
        .put("status", code == OK ? "Success" : "Failure")
        .put("reason", reason)
        .put("code", code);
  }

  private static String parameter(HttpExchange exchange, String name) {
    @Nullable String query = exchange.getRequestURI().getRawQuery();
    for (String part : query == null ? new String[0] : query.split("&", -1)) {
      String[] words = part.split("=", 2);
      if (words[0].equals(name)) {
        return words.length == 1 ? "true" : URLDecoder.decode(words[1], UTF_8);
      }
    }
    return "";
  }

  private static void send(HttpExchange exchange, int status, JsonNode answer) throws IOException {
    byte[] content = answer.toString().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, content.length);
    exchange.getResponseBody().write(content);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
