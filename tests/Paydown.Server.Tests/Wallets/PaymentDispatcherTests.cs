using System.Xml.Linq;
using Microsoft.Extensions.Logging.Abstractions;
using Paydown.Lending.BankAccounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Wallets;
using Paydown.Server.Commands;
using Paydown.Server.Payments;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Wallets;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Wallets;

/// <summary><see cref="PaymentDispatcher"/> sends transfers to a partner and books its reports.</summary>
public sealed class PaymentDispatcherTests(TestServer server) : IClassFixture<TestServer>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("paydown-payments-");
    private readonly TestClock time = server.Clock;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task The_sandbox_reports_after_a_moment_as_the_account_number_decides()
    {
        var good = await TestWallet.CreateAsync(server, 100_00);
        var closed = await TestWallet.CreateAsync(server, 100_00, TestWallet.ClosedNumber);
        var endless = await TestWallet.CreateAsync(server, 100_00, TestWallet.EndlessNumber);
        var references = new List<string>();
        foreach (var setting in new[] { good, closed, endless })
            references.Add(await setting.TransferAsync(40));
        var rounds = TestWallet.DispatcherOf(
            server,
            new SandboxPartner(server.Database, time, TimeSpan.FromSeconds(2)),
            time
        );

        await rounds.RunOnceAsync(default);
        foreach (var (setting, reference) in new[] { good, closed, endless }.Zip(references))
            (await setting.StatusAsync(reference)).ShouldBe("PROCESSING");
        time.Advance(TimeSpan.FromSeconds(2));
        for (var i = 0; i < 2; i++)
            await rounds.RunOnceAsync(default);

        (await good.StatusAsync(references[0])).ShouldBe("COMPLETED");
        (await closed.StatusAsync(references[1])).ShouldBe("FAILED");
        (await endless.StatusAsync(references[2])).ShouldBe("PROCESSING");
        (await good.BalanceAsync(), await closed.BalanceAsync(), await endless.BalanceAsync()).ShouldBe(
            (60_00, 100_00, 60_00)
        );
        (await EventsAsync(good)).ShouldBe(2);
        (await EventsAsync(closed)).ShouldBe(2);
        await AuditShouldBeCleanAsync();
    }

    [Fact]
    public async Task A_batch_is_one_file_and_a_transfer_is_in_one_batch()
    {
        var partner = FilePartner();
        var rounds = TestWallet.DispatcherOf(server, partner, time);
        await rounds.RunOnceAsync(default);
        foreach (var file in folder.EnumerateFiles("out/*"))
            file.Delete();
        var setting = await TestWallet.CreateAsync(server, 100_00);
        var references = new[] { await setting.TransferAsync(0.01m), await setting.TransferAsync(39.90m) };
        await rounds.RunOnceAsync(default);
        await rounds.RunOnceAsync(default);

        var document = XDocument.Load(folder.EnumerateFiles("out/*").ShouldHaveSingleItem().FullName);
        string[] Texts(string name) =>
            [
                .. document
                    .Descendants()
                    .Where(element => element.Name.LocalName == name)
                    .Select(element => element.Value),
            ];
        Texts("EndToEndId").ShouldBe(references);
        Texts("InstdAmt").ShouldBe(["0.01", "39.90"]);
        Texts("CtrlSum").ShouldBe(["39.91", "39.91"]);
        Texts("NbOfTxs").ShouldBe(["2", "2"]);
    }

    [Fact]
    public async Task A_server_killed_after_making_a_batch_sends_the_same_file_again()
    {
        var setting = await TestWallet.CreateAsync(server, 100_00);
        var reference = await setting.TransferAsync(10);
        var killed = TestWallet.DispatcherOf(server, new DyingPartner(FilePartner()), time);
        var exception = await Should.ThrowAsync<AggregateException>(killed.RunOnceAsync(default));
        exception.InnerException.ShouldBeOfType<IOException>();
        (await setting.StatusAsync(reference)).ShouldBe("PROCESSING");
        var file = folder.EnumerateFiles("out/*").OrderBy(one => one.LastWriteTimeUtc).Last().FullName;
        var sent = await File.ReadAllBytesAsync(file);
        File.Delete(file);

        time.Advance(TimeSpan.FromHours(1));
        await TestWallet.DispatcherOf(server, FilePartner(), time).RunOnceAsync(default);
        (await File.ReadAllBytesAsync(file)).ShouldBe(sent);
        (await server.ScalarAsync<long>("select count(*) from payment_batch where sent_at is null")).ShouldBe(0);
    }

    [Fact]
    public async Task A_batch_that_fails_delays_no_other()
    {
        await (await TestWallet.CreateAsync(server, 100_00)).TransferAsync(10);
        await Should.ThrowAsync<AggregateException>(
            TestWallet.DispatcherOf(server, new DyingPartner(FilePartner()), time).RunOnceAsync(default)
        );
        await using var find = server.Database.CreateCommand("select id from payment_batch where sent_at is null");
        var failing = await find.FindIdAsync<PaymentBatchId>(default);
        var setting = await TestWallet.CreateAsync(server, 100_00);
        await setting.TransferAsync(20);

        var exception = await Should.ThrowAsync<AggregateException>(
            TestWallet.DispatcherOf(server, new DyingPartner(FilePartner(), failing), time).RunOnceAsync(default)
        );
        exception.InnerExceptions.Count.ShouldBe(1);
        (await server.ScalarAsync<long>("select count(*) from payment_batch where sent_at is null")).ShouldBe(1);
        await TestWallet.DispatcherOf(server, FilePartner(), time).RunOnceAsync(default);
        (await server.ScalarAsync<long>("select count(*) from payment_batch where sent_at is null")).ShouldBe(0);
    }

    [Fact]
    public async Task A_report_is_booked_once_and_a_later_contradiction_changes_nothing()
    {
        var rounds = TestWallet.DispatcherOf(server, FilePartner(), time);
        var setting = await TestWallet.CreateAsync(server, 100_00);
        var (good, bad) = (await setting.TransferAsync(10), await setting.TransferAsync(20));
        await rounds.RunOnceAsync(default);

        Report("1.xml", good, "ACSP");
        Report("2.xml", bad, "RJCT", "AC04");
        await rounds.RunOnceAsync(default);
        (await setting.StatusAsync(good), await setting.StatusAsync(bad)).ShouldBe(("PROCESSING", "FAILED"));
        Report("3.xml", good, "ACSC");
        Report("4.xml", bad, "RJCT", "AC04");
        await rounds.RunOnceAsync(default);
        Report("5.xml", good, "RJCT", "AC04");
        Report("6.xml", bad, "ACSC");
        await rounds.RunOnceAsync(default);

        (await setting.StatusAsync(good), await setting.StatusAsync(bad)).ShouldBe(("COMPLETED", "FAILED"));
        (await setting.BalanceAsync()).ShouldBe(90_00);
        (await EventsAsync(setting)).ShouldBe(4);
        folder.EnumerateFiles("done/*").Count().ShouldBe(6);
        folder.EnumerateFiles("in/*").ShouldBeEmpty();
        await AuditShouldBeCleanAsync();
    }

    [Fact]
    public async Task A_report_of_a_whole_batch_ends_all_its_transfers_and_an_unknown_one_is_rejected()
    {
        var rounds = TestWallet.DispatcherOf(server, FilePartner(), time);
        var setting = await TestWallet.CreateAsync(server, 100_00);
        await setting.TransferAsync(10);
        await setting.TransferAsync(20);
        await rounds.RunOnceAsync(default);
        var batch = await BatchOfAsync(setting);
        Write("whole.xml", PaymentReports.OfBatch(batch, "RJCT"));
        Write(
            "foreign.xml",
            PaymentReports.OfTransfer(batch, TransferReference.Of(server.Ids.Next<TransferId>()), "ACSC")
        );
        Write(
            "unknown.xml",
            PaymentReports.OfBatch(PaymentBatch.MessageIdOf(server.Ids.Next<PaymentBatchId>()), "ACSC")
        );
        Write(".hidden.xml", "not complete yet");
        await rounds.RunOnceAsync(default);

        (await setting.BalanceAsync()).ShouldBe(100_00);
        folder
            .EnumerateFiles("rejected/*")
            .Select(file => file.Name)
            .Order()
            .ShouldBe(["foreign.xml", "foreign.xml.reason.txt", "unknown.xml", "unknown.xml.reason.txt"]);
        folder.EnumerateFiles("in/*").ShouldHaveSingleItem().Name.ShouldBe(".hidden.xml");
        await AuditShouldBeCleanAsync();
    }

    [Fact]
    public async Task Only_one_server_has_the_turn()
    {
        await using var connection = await server.Database.OpenConnectionAsync();
        await using (await connection.BeginTransactionAsync())
        {
            (await PaymentStore.TryTakeTurnAsync(connection, default)).ShouldBeTrue();
            (await TestWallet.DispatcherOf(server, FilePartner(), time).RunOnceAsync(default)).ShouldBeFalse();
        }

        (await TestWallet.DispatcherOf(server, FilePartner(), time).RunOnceAsync(default)).ShouldBeTrue();
    }

    private FilePartner FilePartner() => new(folder.FullName, NullLogger<FilePartner>.Instance);

    private void Report(string name, string reference, string status, string? reason = null)
    {
        TransferReference.TryParse(reference, out var id).ShouldBeTrue();
        using var command = server.Database.CreateCommand(
            "select batch_id from wallet_transfer_standing where transfer_id = $1"
        );
        command.Parameters.Add(Sql.Value(id));
        var batch = PaymentBatch.MessageIdOf(new((Guid)command.ExecuteScalar()!));
        Write(name, PaymentReports.OfTransfer(batch, reference, status, reason));
    }

    private void Write(string name, string text) =>
        File.WriteAllText(Path.Combine(folder.CreateSubdirectory("in").FullName, name), text);

    private async Task<string> BatchOfAsync(TestWallet setting)
    {
        await using var command = server.Database.CreateCommand(
            "select distinct batch_id from wallet_transfer_standing where customer_id = $1"
        );
        command.Parameters.Add(Sql.Value(setting.Customer.UserId));
        return PaymentBatch.MessageIdOf(new((Guid)(await command.ExecuteScalarAsync())!));
    }

    private Task<long> EventsAsync(TestWallet setting) =>
        server.ScalarAsync<long>(
            "select count(*) from outbox_event where customer_id = $1 and type::text like 'TRANSACTION_%'",
            setting.Customer.UserId
        );

    private async Task AuditShouldBeCleanAsync()
    {
        await using var output = new StringWriter();
        await Audit.RunAsync(server.Database, output, json: false, default);
        output.ToString().ShouldEndWith(": 0 breaches" + Environment.NewLine);
    }

    // Writes the file and then fails, as if the server died: for any batch, or for one batch.
    private sealed class DyingPartner(IPaymentPartner partner, PaymentBatchId? batchId = null) : IPaymentPartner
    {
        public bool TakesTransfers => true;

        public TimeSpan UsualDuration => partner.UsualDuration;

        public ValueTask<NameEnquiry> AskNameAsync(Nuban account, CancellationToken cancellation) =>
            partner.AskNameAsync(account, cancellation);

        public async Task SendAsync(PaymentBatch batch, CancellationToken cancellation)
        {
            await partner.SendAsync(batch, cancellation);
            if (batchId is null || batchId == batch.Id)
                throw new IOException("Killed.");
        }

        public IAsyncEnumerable<PaymentReport> CollectAsync(CancellationToken cancellation) =>
            partner.CollectAsync(cancellation);
    }
}
