package io.andon.ingest;

import io.andon.config.ConfigException;
import io.andon.ingest.settings.AdminConfig;
import io.andon.ingest.settings.AdminConfig.User;
import io.andon.kafka.access.AccessCatalogue;
import io.andon.kafka.access.AccessSetup;
import io.andon.kafka.access.AccessSetup.Comparison;
import io.andon.kafka.access.Grant;
import io.andon.kafka.access.Role;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Gives each user its password and the least that its role needs. */
@Command(
    name = "access",
    mixinStandardHelpOptions = true,
    description = {
      "Makes the users of the configuration and allows them what their roles need.",
      "Nothing is taken away; exit code 4 tells that a user may do more than its role needs."
    })
final class AccessCommand implements Callable<Integer> {
  @Mixin private AdminTarget target = new AdminTarget();

  @Option(names = "--dry-run", description = "Only tell what would be done.")
  private boolean dryRun;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    return target.run(spec.commandLine().getErr(), this::apply);
  }

  private int apply(Admin admin, @Nullable AdminConfig config)
      throws ExecutionException, InterruptedException, ConfigException {
    if (config == null || config.byRole().isEmpty()) {
      spec.commandLine().getErr().println("--config must name users: docs/security.md");
      return IngestCommand.WRONG_USAGE;
    }
    AccessSetup setup = new AccessSetup(admin);
    Map<Role, User> users = config.byRole();
    List<String> names = users.values().stream().map(User::name).toList();
    Comparison comparison = setup.compare(names, wanted(config));
    if (!dryRun) {
      setup.grant(comparison.missing());
      for (User user : users.values()) {
        if (user.password() != null) {
          setup.password(user.name(), user.password().resolve("users." + user.name()));
        }
      }
    }
    tell(config, comparison);
    return comparison.more().isEmpty() ? 0 : IngestCommand.DIFFERS;
  }

  private static List<AclBinding> wanted(AdminConfig config) {
    List<AclBinding> wanted = new ArrayList<>();
    config
        .byRole()
        .forEach(
            (role, user) -> {
              for (Grant grant : AccessCatalogue.grants(role, config.names().toAccess())) {
                wanted.addAll(grant.bindings(user.name()));
              }
            });
    return wanted;
  }

  private void tell(AdminConfig config, Comparison comparison) {
    PrintWriter out = spec.commandLine().getOut();
    String done = dryRun ? "would " : "";
    for (User user : config.byRole().values()) {
      if (user.password() != null) {
        out.println(done + "set the password of " + user.name());
      }
    }
    comparison.missing().forEach(acl -> out.println(done + "allow " + text(acl)));
    comparison.more().forEach(acl -> out.println("beyond its role: " + text(acl)));
    out.flush();
  }

  private static String text(AclBinding acl) {
    return "%s %s %s on %s %s (%s)"
        .formatted(
            acl.entry().principal(),
            acl.entry().permissionType(),
            acl.entry().operation(),
            acl.pattern().resourceType(),
            acl.pattern().name(),
            acl.pattern().patternType());
  }
}
