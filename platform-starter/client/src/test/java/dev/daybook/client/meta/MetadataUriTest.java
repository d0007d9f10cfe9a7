package dev.daybook.client.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.protocol.model.LedgerLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataUriTest {
    @Test
    void readsEveryPart() {
        MetadataUri uri = MetadataUri.parse("zk+hierarchical://zk1:2181;zk2;[::1]:7,[::1]/my/ledgers/");

        assertThat(uri.scheme()).isEqualTo("zk");
        assertThat(uri.layout()).map(LedgerLayout::uriType).contains("hierarchical");
        assertThat(uri.hosts()).containsExactly("zk1:2181", "zk2:2181", "[::1]:7", "[::1]:2181");
        assertThat(uri.root()).isEqualTo("/my/ledgers");
    }

    @Test
    void readsWhereEtcdIs() {
        MetadataUri uri = MetadataUri.parse("ETCD://e1;e2:7,[::1]/my/ledgers");

        assertThat(uri.scheme()).isEqualTo("etcd");
        assertThat(uri.layout()).isEmpty();
        assertThat(uri.hosts()).containsExactly("e1:2379", "e2:7", "[::1]:2379");
        assertThat(uri.root()).isEqualTo("/my/ledgers");
        assertThat(uri).hasToString("etcd://e1:2379;e2:7;[::1]:2379/my/ledgers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zk://localhost/ledgers", "zk+null://localhost/ledgers"})
    void mayLeaveTheLayoutToTheCluster(String text) {
        assertThat(MetadataUri.parse(text).layout()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "localhost:2181             | it has no scheme",
                "zk://localhost             | it names no root path",
                "zk://localhost/            | it names no root path",
                "zk:///ledgers              | it names no host",
                "zk://a;;b/ledgers          | it names an empty host",
                "zk://:2181/ledgers         | it names an empty host",
                "zk://localhost:/ledgers    | the port of \"localhost:\" is not a number",
                "zk://localhost:zk/ledgers  | the port of \"localhost:zk\" is not a number",
                "zk://a:1:2/ledgers         | the port of \"a:1:2\" is not a number",
                "zk+tree://localhost/ledgers| the ledger layout \"tree\" is unknown",
                "oxia://localhost/ledgers   | the scheme \"oxia\" is unknown",
                "etcd+flat://localhost/led  | only ZooKeeper knows several ledger layouts",
            })
    void saysWhatIsWrong(String text, String why) {
        assertThatThrownBy(() -> MetadataUri.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"" + text + "\" is not a metadata URI, because ")
                .hasMessageContaining(why);
    }
}
