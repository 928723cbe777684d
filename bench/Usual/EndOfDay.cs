using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Storage;

namespace Usual;

/// <summary>
/// A month end written the usual way: one loan at a time, each with its own context and transaction. The arithmetic is
/// Paydown's own, so only the way to the database differs.
/// </summary>
public static class EndOfDay
{
    private static readonly Ids Made = new(TimeProvider.System);

    public static async Task<double> RunAsync(string connectionString, DateOnly day, int count)
    {
        var options = new DbContextOptionsBuilder<LendingContext>().UseNpgsql(connectionString).Options;
        List<(Guid CustomerId, Guid Id)> ids;
        await using (var all = new LendingContext(options))
        {
            var keys = await all
                .LoanAccounts.OrderBy(loan => loan.CustomerId)
                .Select(loan => new { loan.CustomerId, loan.Id })
                .Take(count)
                .ToListAsync();
            ids = keys.ConvertAll(key => (key.CustomerId, key.Id));
        }

        // Warm up.
        foreach (var key in ids.Take(count / 10))
            await EndAsync(options, key, day);
        var rest = ids.Skip(count / 10).ToList();
        var clock = Stopwatch.StartNew();
        foreach (var key in rest)
            await EndAsync(options, key, day);
        return rest.Count / clock.Elapsed.TotalSeconds;
    }

    private static async Task EndAsync(
        DbContextOptions<LendingContext> options,
        (Guid CustomerId, Guid Id) key,
        DateOnly day
    )
    {
        await using var context = new LendingContext(options);
        var loan = await context.LoanAccounts.SingleAsync(one => one.CustomerId == key.CustomerId && one.Id == key.Id);
        var terms = await context.LoanTerms.SingleAsync(one =>
            one.CustomerId == loan.CustomerId && one.AccountId == loan.Id
        );
        var events = await context
            .LoanEvents.Where(one => one.CustomerId == loan.CustomerId && one.AccountId == loan.Id)
            .OrderBy(one => one.Sequence)
            .ToListAsync();
        var agreed = StoredJson.Read<LoanTerms>(terms.Terms);
        // The portfolio has nothing but disbursements.
        var known = events.ConvertAll<LoanEvent>(one => new Disbursed
        {
            Id = LoanEventId.Of(one.Id),
            Sequence = one.Sequence,
            On = one.ValueOn,
            Amount = new(one.Amount!.Value, agreed.Currency),
        });
        var earned = EarnedInterest.Unpaid(agreed, known, day).Unpaid.MinorUnits;
        var accrual = await context.Accruals.FindAsync(loan.Id);
        if (accrual is null)
            context.Accruals.Add(accrual = new UsualAccrual { AccountId = loan.Id });
        context.Entries.Add(
            new UsualEntry
            {
                Id = Made.Next<JournalEntryId>().Value,
                AccountId = loan.Id,
                EffectiveOn = day,
                Kind = "INTEREST_ACCRUED",
                DebitAccount = "INTEREST_RECEIVABLE",
                CreditAccount = "INTEREST_INCOME",
                Amount = earned - accrual.Amount,
            }
        );
        (accrual.AccruedOn, accrual.Amount) = (day, earned);
        await context.SaveChangesAsync();
    }
}
