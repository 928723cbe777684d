using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Installments;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;
using Paydown.Server.Loans;
using Paydown.Server.Notices;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Repayments;

namespace Paydown.Server.Demo;

/// <summary>
/// The lender that examples and scripts rely on: always the same people, loans and repayments. Its history goes through
/// the same changes as every loan's, so the audit finds no breach.
/// </summary>
public sealed class DemoLender
{
    // "demo", so two servers that start at the same moment load it once.
    private const long LoadLock = 0x64656D6F;

    private readonly NpgsqlConnection connection;
    private readonly LoanChanges changes;
    private readonly DemoApplications applications;
    private readonly DemoWallet wallet;
    private readonly CancellationToken token;

    private DemoLender(NpgsqlConnection connection, Ids ids, DemoApplications applications, CancellationToken token)
    {
        (this.connection, this.applications, this.token) = (connection, applications, token);
        changes = new LoanChanges(ids);
        wallet = new DemoWallet(connection, ids, token);
    }

    /// <summary>Loads it, unless the database has it.</summary>
    /// <returns>True if it was loaded; false if it existed.</returns>
    public static async Task<bool> LoadOnceAsync(NpgsqlDataSource database, TimeProvider time, CancellationToken token)
    {
        await using var transaction = await WriteTransaction.BeginAsync(
            database,
            token,
            answerMax: Timeout.InfiniteTimeSpan
        );
        var session = transaction.Connection;
        if (await IsThereAsync(session, token))
            return false;
        var now = time.GetUtcNow();
        await DemoPeople.AddAsync(session, now, token);
        await DemoProducts.AddAsync(session, now, token);
        var ids = new Ids(time);
        var requests = new DemoApplications(session, ids, now, token);
        var lender = new DemoLender(session, ids, requests, token);
        foreach (var loan in DemoLoans.Of(DemoPeople.DayOf(now)))
            await lender.AddAsync(loan);
        await requests.AddAsync();
        // Only now: nobody needs an e-mail about the history.
        await using (var batch = new NpgsqlBatch(session))
        {
            NoticeRuleStore.AddAllTo(batch, DemoPeople.OrganisationId);
            await batch.ExecuteNonQueryAsync(token);
        }

        await transaction.CommitAsync();
        return true;
    }

    private static async Task<bool> IsThereAsync(NpgsqlConnection session, CancellationToken token)
    {
        await using var batch = new NpgsqlBatch(session)
        {
            BatchCommands =
            {
                new("select pg_advisory_xact_lock($1)") { Parameters = { Sql.Value(LoadLock) } },
                new("select 1 from organisation where id = $1")
                {
                    Parameters = { Sql.Value(DemoPeople.OrganisationId) },
                },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(token);
        await reader.NextResultAsync(token);
        return await reader.ReadAsync(token);
    }

    private async Task AddAsync(DemoLoan loan)
    {
        var opened = changes.Open(loan.Stored, loan.Stored.Terms.Principal, loan.DisbursedOn, At(loan.DisbursedOn));
        var stored = await WriteAsync(opened);
        if (stored.ApplicationId == DemoApplications.UpToDate)
        {
            await applications.AddForAsync(opened);
            await wallet.AddAsync(loan.DisbursedOn);
        }

        foreach (var repayment in loan.Repayments)
            stored = await AddAsync(stored, repayment);
        if (loan.Penalty == 0)
            return;
        var on = loan.Repayments[^1].PaidOn.AddDays(3);
        await WriteAsync(
            changes.Charge(
                stored,
                ChargeKind.Penalty,
                Money.FromMajor(loan.Penalty, stored.Currency),
                on,
                "Late payment",
                At(on)
            )
        );
    }

    private async Task<StoredLoan> AddAsync(StoredLoan stored, DemoRepayment demo)
    {
        var repayment = new StoredRepayment
        {
            CustomerId = stored.CustomerId,
            Id = DemoPeople.Id<RepaymentId>(demo.Number),
            OrganisationId = stored.OrganisationId,
            AccountId = stored.Id,
            Amount = Money.FromMajor(demo.Amount, stored.Currency),
            Method = PaymentMethod.BankTransfer,
            PaidOn = demo.PaidOn,
            Status = RepaymentStatus.PendingVerification,
            RecordedBy = stored.CustomerId.AsUser,
            FirstApprovedBy = null,
        };
        await InsertAsync(stored, repayment);
        stored = stored with { Pending = stored.Pending + repayment.Amount };
        var at = At(demo.PaidOn.AddDays(1));
        return demo.Outcome switch
        {
            DemoOutcome.Verified => await WriteAsync(changes.Verify(stored, repayment, at)),
            DemoOutcome.Rejected => await WriteAsync(changes.Reject(stored, repayment, demo.Reason!, at)),
            DemoOutcome.Reversed => await WriteAsync(
                changes.Reverse(
                    await WriteAsync(changes.Verify(stored, repayment, at)),
                    repayment,
                    demo.Reason!,
                    At(demo.PaidOn.AddDays(2))
                )
            ),
            _ => await LeavePendingAsync(stored, repayment.Amount),
        };
    }

    private async Task<StoredLoan> WriteAsync(LoanChange change)
    {
        await LoanChangeStore.WriteAsync(connection, [change], token);
        return change.After;
    }

    private async Task InsertAsync(StoredLoan stored, StoredRepayment repayment)
    {
        await using var batch = new NpgsqlBatch(connection);
        RepaymentRecordStore.AddTo(
            batch,
            [
                new NewRepayment
                {
                    CustomerId = stored.CustomerId,
                    Id = repayment.Id,
                    OrganisationId = stored.OrganisationId,
                    AccountId = stored.Id,
                    Amount = repayment.Amount,
                    Method = repayment.Method,
                    Reference = stored.Reference,
                    ReferenceMatches = true,
                    PaidOn = repayment.PaidOn,
                    BankAccountId = DemoPeople.DefaultBankAccountOf(stored.CustomerId),
                    Narration = "Demo",
                    RecordedBy = stored.CustomerId.AsUser,
                    RecordedAt = At(repayment.PaidOn).At,
                },
            ]
        );
        await batch.ExecuteNonQueryAsync(token);
    }

    private async Task<StoredLoan> LeavePendingAsync(StoredLoan stored, Money amount)
    {
        await using var batch = new NpgsqlBatch(connection);
        LoanChangeStore.AddPendingTo(batch, [new(stored.CustomerId, stored.Id, amount)]);
        await batch.ExecuteNonQueryAsync(token);
        return stored;
    }

    private static ActionContext At(DateOnly day) =>
        new(DemoPeople.Cashier.Id, new DateTimeOffset(day, new TimeOnly(12, 0), TimeSpan.Zero), day, "demo");
}
