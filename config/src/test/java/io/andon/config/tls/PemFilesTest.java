package io.andon.config.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PemFilesTest {
  private static final char[] STORE_PASSWORD = "of-a-test".toCharArray();

  @TempDir private static Path folder;

  private static KeyStore store = empty();

  @BeforeAll
  static void makeKeys() throws Exception {
    keytool("rsa", "-keyalg", "RSA", "-keysize", "2048");
    keytool("ec", "-keyalg", "EC", "-groupname", "secp256r1");
    keytool("other", "-keyalg", "EC", "-groupname", "secp256r1");
    try (InputStream in = Files.newInputStream(folder.resolve("store.p12"))) {
      store.load(in, STORE_PASSWORD);
    }
  }

  @Test
  void aServerTakesCertificatesAndKeysOfBothUsualKinds() throws Exception {
    for (String alias : List.of("rsa", "ec")) {
      assertThat(PemFiles.server(certificate(alias), key(alias)).getProtocol()).isEqualTo("TLS");
    }
  }

  @Test
  void anotherKeyIsRefusedAndNotShown() throws Exception {
    String other = key("other");
    assertThatThrownBy(() -> PemFiles.server(certificate("ec"), other))
        .hasMessage("must be the certificate's key, and is another one");
    assertThatThrownBy(() -> PemFiles.server(certificate("rsa"), other))
        .hasMessage("must be a key of the certificate's kind, RSA");
    assertThatThrownBy(() -> PemFiles.server(certificate("rsa"), "hunter2"))
        .hasMessageContaining("PKCS 8")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void aKeyUnderAPasswordIsOpenedByItAlone() throws Exception {
    String closed = closed("rsa", "right");
    assertThat(PemFiles.server(certificate("rsa"), PemFiles.opened(closed, "right"))).isNotNull();
    assertThatThrownBy(() -> PemFiles.opened(key("rsa"), "right"))
        .hasMessageContaining("under no password");
    // One of 256 gives bytes whose padding is right.
    for (int i = 0; i < 1_500; i++) {
      String wrong = "hunter" + i;
      assertThatThrownBy(() -> PemFiles.opened(closed, wrong)).hasMessage("does not open the key");
    }
  }

  private static String closed(String alias, String password) throws Exception {
    String scheme = "PBEWithHmacSHA256AndAES_256";
    Cipher cipher = Cipher.getInstance(scheme);
    cipher.init(
        Cipher.ENCRYPT_MODE,
        SecretKeyFactory.getInstance(scheme).generateSecret(new PBEKeySpec(password.toCharArray())),
        new PBEParameterSpec(new byte[16], 16, new IvParameterSpec(new byte[16])));
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
    parameters.init(cipher.getParameters().getEncoded());
    byte[] encrypted = cipher.doFinal(store.getKey(alias, STORE_PASSWORD).getEncoded());
    byte[] info = new EncryptedPrivateKeyInfo(parameters, encrypted).getEncoded();
    return pem("ENCRYPTED PRIVATE KEY", info);
  }

  @Test
  void aFileWithoutCertificatesIsRefused() throws Exception {
    Path text = Files.writeString(folder.resolve("text.pem"), "hunter2");
    assertThatThrownBy(() -> PemFiles.certificates(text))
        .hasMessageContaining("at least one")
        .hasMessageNotContaining("hunter2");
    assertThatThrownBy(() -> PemFiles.certificates(folder.resolve("none.pem")))
        .isInstanceOf(IOException.class);
  }

  /** Kafka's clients take no DER, and say so in a way that names neither setting nor file. */
  @Test
  void aFileThatIsNoPemIsRefused() throws Exception {
    Path der = folder.resolve("ec.der");
    Files.write(der, store.getCertificate("ec").getEncoded());
    assertThatThrownBy(() -> PemFiles.certificates(der))
        .hasMessage("must be a PEM file of X.509 certificates, at least one");
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whatHasNoEndIsRefused() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", "" + pipe).start().waitFor()).isZero();
    assertThatThrownBy(() -> PemFiles.certificates(pipe)).hasMessage("must be a regular file");
    Path huge = folder.resolve("huge.pem");
    try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
      file.setLength(2L << 30);
    }
    assertThatThrownBy(() -> PemFiles.certificates(huge))
        .hasMessage("must hold at most 4194304 bytes");
  }

  private static Path certificate(String alias) throws Exception {
    String text = pem("CERTIFICATE", store.getCertificate(alias).getEncoded());
    return Files.writeString(folder.resolve(alias + ".crt"), text);
  }

  private static String key(String alias) throws Exception {
    return pem("PRIVATE KEY", store.getKey(alias, STORE_PASSWORD).getEncoded());
  }

  private static String pem(String kind, byte[] bytes) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, Base64.getMimeEncoder().encodeToString(bytes), kind);
  }

  private static KeyStore empty() {
    try {
      return KeyStore.getInstance("PKCS12");
    } catch (KeyStoreException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void keytool(String alias, String... kind) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", alias, "-dname", "CN=test"));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", new String(STORE_PASSWORD)));
    command.addAll(List.of("-keystore", folder.resolve("store.p12").toString()));
    command.addAll(List.of(kind));
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
  }
}
