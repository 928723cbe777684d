using System.Collections.Concurrent;
using Paydown.Lending.Accounting;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;
using Paydown.Server.Ledger;
using Paydown.Server.Loans;
using Paydown.Server.Platform;

namespace Paydown.Server.Commands;

/// <summary>A verified repayment of the portfolio, with what it changed.</summary>
public sealed record PortfolioRepayment(StoredRepayment File, LoanChange Change);

/// <summary>
/// One customer of the portfolio with a running loan. The stored figures are computed by the same code as those of real
/// loans. Only the terms are made up, and they are always the same for a given number and day.
/// </summary>
public sealed record PortfolioLoan
{
    private const int AgeDays = 200;

    // Amounts, rates, lengths and days repeat after this many customers: the least common multiple of 40, 5, 3 and 28.
    private const int KindCount = 840;

    // Loans of one kind have the same opening, so only the first is computed; the others copy its figures.
    private static readonly ConcurrentDictionary<(int Kind, DateOnly DisbursedOn), LoanChange> Alike = new();

    private static readonly Currency Naira = Currency.Get("NGN");

    private static readonly AllocationPolicy Policy = new()
    {
        Strategy = AllocationStrategy.OldestFirst,
        Order = [Component.Penalty, Component.Fee, Component.Interest, Component.Principal],
    };

    public required int Number { get; init; }

    public required LoanChange Opening { get; init; }

    public required IReadOnlyList<PortfolioRepayment> Repayments { get; init; }

    /// <summary>The loan after all of its changes.</summary>
    public StoredLoan After => Repayments.Count == 0 ? Opening.After : Repayments[^1].Change.After;

    /// <summary>All changes of the loan, in order.</summary>
    public IEnumerable<LoanChange> Changes => [Opening, .. Repayments.Select(repayment => repayment.Change)];

    /// <summary>Creates the loan of a customer.</summary>
    /// <param name="number">The customer's number, from 0.</param>
    /// <param name="repaymentCount">The number of verified repayments between the disbursement and today.</param>
    /// <param name="today">The day on which the portfolio is created.</param>
    /// <param name="changes">Computes the changes of the loan.</param>
    /// <param name="ids">The source of the ids of the repayments.</param>
    public static PortfolioLoan Create(int number, int repaymentCount, DateOnly today, LoanChanges changes, Ids ids)
    {
        var disbursedOn = today.AddDays(-AgeDays - number % 28);
        var alike = Alike.GetOrAdd(
            (number % KindCount, disbursedOn),
            _ => Open(FileOf(number, disbursedOn), disbursedOn, changes)
        );
        var opening = OpeningOf(number, alike, ids);
        var file = opening.After;
        var repayments = new List<PortfolioRepayment>(repaymentCount);
        // A part of what is owed, so no loan is ever paid off.
        var amount = new Money(Math.Max(opening.After.Payoff.MinorUnits / (repaymentCount + 6), 1), Naira);
        var loan = opening.After;
        for (var i = 1; i <= repaymentCount; i++)
        {
            var paidOn = disbursedOn.AddDays((int)((long)AgeDays * i / (repaymentCount + 1)));
            var repayment = new StoredRepayment
            {
                CustomerId = file.CustomerId,
                Id = ids.Next<RepaymentId>(),
                OrganisationId = file.OrganisationId,
                AccountId = file.Id,
                Amount = amount,
                Method = PaymentMethod.BankTransfer,
                PaidOn = paidOn,
                Status = RepaymentStatus.PendingVerification,
                RecordedBy = file.CustomerId.AsUser,
                FirstApprovedBy = null,
            };
            var change = changes.Verify(loan with { Pending = amount }, repayment, OccasionOn(paidOn));
            repayments.Add(new PortfolioRepayment(repayment, change));
            loan = change.After;
        }

        return new PortfolioLoan
        {
            Number = number,
            Opening = opening,
            Repayments = repayments,
        };
    }

    private static LoanChange Open(StoredLoan file, DateOnly disbursedOn, LoanChanges changes) =>
        changes.Open(file, file.Terms.Principal, disbursedOn, OccasionOn(disbursedOn));

    // The opening of a loan of the same kind, with the ids of this one.
    private static LoanChange OpeningOf(int number, LoanChange alike, Ids ids)
    {
        var disbursed = alike.Events[0] with { Id = ids.Next<LoanEventId>() };
        var transaction = alike.State.Transactions[0] with { EventId = disbursed.Id };
        return alike with
        {
            After = alike.After with
            {
                CustomerId = PortfolioIds.Customer(number),
                Id = PortfolioIds.Account(number),
                ApplicationId = PortfolioIds.Application(number),
                Reference = ReferenceOf(number),
                Events = [disbursed],
            },
            Events = [disbursed],
            Entries = [new BookedEntry(ids.Next<JournalEntryId>(), PostingRules.LoanDisbursed(transaction))],
        };
    }

    private static string ReferenceOf(int number) => CreditorReference.FromBody($"P{number:000000000}").Value;

    private static StoredLoan FileOf(int number, DateOnly disbursedOn) =>
        new()
        {
            CustomerId = PortfolioIds.Customer(number),
            Id = PortfolioIds.Account(number),
            OrganisationId = PortfolioIds.Organisation,
            ApplicationId = PortfolioIds.Application(number),
            ProductName = number % 3 == 0 ? "Business Loan" : "Salary Loan",
            AccountProductName = number % 3 == 0 ? "Business Loans" : "Consumer Loans",
            RepaymentMethod = PaymentMethod.BankTransfer,
            Reference = ReferenceOf(number),
            Terms = new LoanTerms
            {
                Principal = new Money(20_000_000 + number % 40 * 5_000_000L, Naira),
                AnnualRatePercent = 18 + number % 5 * 3,
                NumberOfInstallments = 12 + number % 3 * 6,
                SubmittedOn = disbursedOn.AddDays(-3),
                Allocation = Policy,
            },
            Collector = null,
            AppliedOn = disbursedOn.AddDays(-3),
            DisbursedOn = null,
            State = LoanStatus.PendingDisbursement,
            Balance = default,
            Payoff = Money.Zero(Naira),
            Overpaid = Money.Zero(Naira),
            Pending = Money.Zero(Naira),
            BalanceOn = null,
            NextDueOn = null,
            InstallmentCount = 0,
            Events = [],
        };

    private static ActionContext OccasionOn(DateOnly day) =>
        new(PortfolioIds.Officer(1), new DateTimeOffset(day, new TimeOnly(10, 0), TimeSpan.Zero), day, "");
}
