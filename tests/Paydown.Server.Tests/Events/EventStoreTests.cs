using System.Text.Json;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Events;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Outbox;
using Paydown.Server.Platform.Storage;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Events;

public sealed class EventStoreTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly TestOrganisation lender = server.Lender;

    [Fact]
    public async Task The_payloads_of_a_repayment_tell_its_story_from_the_books()
    {
        var loan = await lender.OpenLoanAsync();
        var id = await lender.ReportAsync(loan, 100_000, lender.Today);
        var correction = new { amount = 900m, reason = "Only 900 arrived." };
        (await lender.Cashier.PutAsync($"admin/repayments/{id}/verify", correction)).Status.ShouldBe(200);
        var balance = (await lender.ReadAsync(loan)).Replay(lender.Today).Outstanding.Total / 100m;
        var reversal = new { reason = "The bank took it back." };
        (await lender.Manager.PutAsync($"admin/repayments/{id}/reverse", reversal)).Status.ShouldBe(200);

        var events = await lender.EventsOfAsync(loan);
        events
            .Select(one => one.Type)
            .ShouldBe([
                EventType.LoanDisbursed,
                EventType.RepaymentRecorded,
                EventType.PaymentReceived,
                EventType.RepaymentVerified,
                EventType.RepaymentReversed,
            ]);
        events.Select(one => one.Sequence).ShouldBeInOrder();
        events.Select(one => one.Id).ShouldBeUnique();
        events.ShouldAllBe(one => one.CustomerId == loan.CustomerId);
        var recorded = Read(events[1]);
        recorded.GetProperty("repaymentId").GetGuid().ShouldBe(id);
        recorded.GetProperty("loanApplicationId").GetGuid().ShouldBe(loan.ApplicationId!.Value.Value);
        recorded.GetProperty("repaymentAmount").GetDecimal().ShouldBe(1_000m);
        recorded.GetProperty("verificationStatus").GetString().ShouldBe("PENDING_VERIFICATION");
        recorded.TryGetProperty("totalBalance", out _).ShouldBeFalse();
        recorded.TryGetProperty("correctionReason", out _).ShouldBeFalse();
        var verified = Read(events[3]);
        verified.GetRawText().ShouldBe(Read(events[2]).GetRawText());
        verified.GetProperty("repaymentAmount").GetDecimal().ShouldBe(900m);
        verified.GetProperty("reportedAmount").GetDecimal().ShouldBe(1_000m);
        verified.GetProperty("correctionReason").GetString().ShouldBe("Only 900 arrived.");
        verified.GetProperty("verificationStatus").GetString().ShouldBe("VERIFIED");
        verified.GetProperty("totalBalance").GetDecimal().ShouldBe(balance);
        verified.TryGetProperty("rejectionReason", out _).ShouldBeFalse();
        var reversed = Read(events[4]);
        reversed.GetProperty("repaymentAmount").GetDecimal().ShouldBe(900m);
        reversed.GetProperty("rejectionReason").GetString().ShouldBe("The bank took it back.");
    }

    [Fact]
    public async Task Events_are_read_in_pages_by_type_and_only_by_their_organisation()
    {
        var loan = await lender.OpenLoanAsync();
        foreach (var amount in (long[])[10_000, 20_000, 30_000])
            await lender.RejectAsync(loan, amount);
        var all = await lender.EventsOfAsync(loan);

        var page = await ListAsync(all[0].Sequence, [EventType.RepaymentRejected], 2);
        page.Select(Amount).ShouldBe([100m, 200m]);
        (await ListAsync(page[1].Sequence, [EventType.RepaymentRejected], 2)).Select(Amount).ShouldBe([300m]);
        (await ListAsync(all[^1].Sequence, null, 2)).ShouldBeEmpty();

        await using var connection = await server.Database.OpenConnectionAsync();
        long[] numbers = [.. all.Select(one => one.Sequence)];
        (await EventStore.GetAsync(connection, lender.Id, numbers, default)).ShouldBe(all);
        var other = await server.AddOrganisationAsync();
        (await EventStore.GetAsync(connection, other.Id, numbers, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reader_waits_for_an_earlier_event_that_is_not_committed_yet()
    {
        var loan = await lender.OpenLoanAsync();
        var before = (await lender.EventsOfAsync(loan))[^1].Sequence;
        await using var connection = await server.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await AddEventAsync(connection, loan);
        await lender.ReportAsync(loan, 10_000, lender.Today);

        var time = new WatchedTime();
        var read = EventStore.ListAsync(server.Database, lender.Id, before, null, 10, time, default);
        await time.FirstWait;
        read.IsCompleted.ShouldBeFalse();
        await transaction.CommitAsync();
        (await read).Select(one => one.Type).ShouldBe([EventType.LoanWrittenOff, EventType.RepaymentRecorded]);
    }

    [Fact]
    public async Task No_events_are_returned_while_a_transaction_that_writes_events_hangs()
    {
        var loan = await lender.OpenLoanAsync();
        await using var connection = await server.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await AddEventAsync(connection, loan);

        (await ListAsync(0, null, 10)).ShouldBeEmpty();
        await transaction.RollbackAsync();
        (await ListAsync(0, null, 10)).ShouldNotBeEmpty();
    }

    private Task<IReadOnlyList<PublishedEvent>> ListAsync(long after, EventType[]? types, int countMax) =>
        EventStore.ListAsync(server.Database, lender.Id, after, types, countMax, TimeProvider.System, default);

    private static async Task AddEventAsync(NpgsqlConnection connection, StoredLoan loan)
    {
        await using var batch = new NpgsqlBatch(connection);
        OutboxStore.AddTo(
            batch,
            [
                new OutboxRow(
                    loan.CustomerId,
                    loan.OrganisationId,
                    loan.Id,
                    new OutboxMessage(EventType.LoanWrittenOff, loan.Id.AsSubject, "{}"),
                    TimeProvider.System.GetUtcNow()
                ),
            ]
        );
        await batch.ExecuteNonQueryAsync();
    }

    private static decimal Amount(PublishedEvent one) => Read(one).GetProperty("repaymentAmount").GetDecimal();

    private static JsonElement Read(PublishedEvent one) => JsonDocument.Parse(one.Payload).RootElement;

    // Shows when somebody waits, and never runs out.
    private sealed class WatchedTime : TimeProvider
    {
        private readonly TaskCompletionSource firstWait = new();

        public Task FirstWait => firstWait.Task;

        public override long GetTimestamp() => 0;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            firstWait.TrySetResult();
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
