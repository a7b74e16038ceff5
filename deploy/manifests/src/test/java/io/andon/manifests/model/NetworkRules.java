package io.andon.manifests.model;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.networking.v1.IPBlock;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What NetworkPolicies let through, as Kubernetes defines it: a pod that a policy of a direction
 * selects may only do what such a policy allows; others may do everything. A connection needs both
 * ends' consent.
 */
public final class NetworkRules {
  private static final String EGRESS = "Egress";
  private static final String INGRESS = "Ingress";

  private final List<NetworkPolicy> policies;

  /** The rules of these policies together. */
  public NetworkRules(List<NetworkPolicy> policies) {
    this.policies = List.copyOf(policies);
  }

  /** Whether the pod may begin such a connection. */
  public boolean leaves(Endpoint from, Endpoint to, String protocol, int port) {
    List<NetworkPolicy> selected = selecting(from, EGRESS);
    return selected.isEmpty()
        || selected.stream()
            .flatMap(policy -> policy.getSpec().getEgress().stream())
            .anyMatch(
                rule ->
                    peers(rule.getTo(), from.namespace(), to)
                        && ports(rule.getPorts(), protocol, port));
  }

  /** Whether the pod takes such a connection. */
  public boolean enters(Endpoint from, Endpoint to, String protocol, int port) {
    List<NetworkPolicy> selected = selecting(to, INGRESS);
    return selected.isEmpty()
        || selected.stream()
            .flatMap(policy -> policy.getSpec().getIngress().stream())
            .anyMatch(
                rule ->
                    peers(rule.getFrom(), to.namespace(), from)
                        && ports(rule.getPorts(), protocol, port));
  }

  private List<NetworkPolicy> selecting(Endpoint pod, String direction) {
    return policies.stream()
        .filter(policy -> policy.getMetadata().getNamespace().equals(pod.namespace()))
        .filter(policy -> policy.getSpec().getPolicyTypes().contains(direction))
        .filter(policy -> matches(policy.getSpec().getPodSelector(), pod.labels()))
        .toList();
  }

  private static boolean ports(List<NetworkPolicyPort> ports, String protocol, int port) {
    return ports.isEmpty()
        || ports.stream()
            .anyMatch(
                allowed ->
                    allowed.getProtocol().equals(protocol)
                        && allowed.getPort().getIntVal() == port);
  }

  private static boolean peers(
      List<NetworkPolicyPeer> peers, @Nullable String home, Endpoint other) {
    return peers.isEmpty() || peers.stream().anyMatch(peer -> peer(peer, home, other));
  }

  private static boolean peer(NetworkPolicyPeer peer, @Nullable String home, Endpoint other) {
    if (peer.getIpBlock() != null) {
      return other.address() != null && within(peer.getIpBlock(), other.address());
    }
    if (other.namespace() == null) {
      return false;
    }
    boolean namespace =
        peer.getNamespaceSelector() == null
            ? other.namespace().equals(home)
            : matches(
                peer.getNamespaceSelector(),
                Map.of("kubernetes.io/metadata.name", other.namespace()));
    return namespace
        && (peer.getPodSelector() == null || matches(peer.getPodSelector(), other.labels()));
  }

  private static boolean matches(LabelSelector selector, Map<String, String> labels) {
    Map<String, String> wanted = selector.getMatchLabels();
    return (wanted == null || labels.entrySet().containsAll(wanted.entrySet()))
        && selector.getMatchExpressions().stream().allMatch(e -> matches(e, labels));
  }

  private static boolean matches(LabelSelectorRequirement wanted, Map<String, String> labels) {
    if (!wanted.getOperator().equals("In")) {
      throw new IllegalArgumentException("operator " + wanted.getOperator() + " is not known here");
    }
    return wanted.getValues().contains(labels.getOrDefault(wanted.getKey(), ""));
  }

  private static boolean within(IPBlock block, String address) {
    String[] cidr = block.getCidr().split("/", 2);
    int hostBits = 32 - Integer.parseInt(cidr[1]);
    return bits(cidr[0]).shiftRight(hostBits).equals(bits(address).shiftRight(hostBits));
  }

  private static BigInteger bits(String literal) {
    try {
      return new BigInteger(1, InetAddress.getByName(literal).getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal, e);
    }
  }
}
