using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Statements;

namespace Paydown.Lending.Matching;

/// <summary>
/// Everything of one organisation that a group of entries may be about, as <see cref="CandidateKeys"/> finds it.
/// </summary>
public sealed record MatchingCandidates
{
    /// <summary>The loans that entries name, and the loans of all reports below.</summary>
    public IReadOnlyCollection<CandidateLoan> Loans { get; init; } = [];

    /// <summary>The repayments that no entry has confirmed.</summary>
    public IReadOnlyCollection<CandidateReport> Reports { get; init; } = [];

    /// <summary>The transfers that entries name.</summary>
    public IReadOnlyCollection<CandidateTransfer> Transfers { get; init; } = [];

    /// <summary>Booked money in that was not taken back.</summary>
    public IReadOnlyCollection<EarlierCredit> Credits { get; init; } = [];

    /// <summary>The returns to payers that entries name, and those of their amounts that are on their way.</summary>
    public IReadOnlyCollection<CandidateReturn> Returns { get; init; } = [];

    /// <summary>The loans that a payer's account leads to, for suggestions.</summary>
    public IReadOnlyCollection<PayersLoan> PayersLoans { get; init; } = [];

    /// <summary>The numbers of the organisation's own accounts.</summary>
    public IReadOnlyCollection<string> OwnAccounts { get; init; } = [];

    /// <summary>How charges of the bank are recognised.</summary>
    public BankChargeWords Charges { get; init; } = BankChargeWords.Common;

    /// <summary>
    /// Money that nobody reported waits for an officer above this amount; null if no amount needs four eyes. What a
    /// customer reported and the bank booked has been seen by two already.
    /// </summary>
    public Money? FourEyesAbove { get; init; }
}

/// <summary>A loan that an entry may pay.</summary>
public sealed record CandidateLoan
{
    /// <summary>The loan.</summary>
    public required LoanId Id { get; init; }

    /// <summary>Its reference, in the electronic form.</summary>
    public required string Reference { get; init; }

    /// <summary>The state. Only an active loan, in arrears or not, is paid without an officer.</summary>
    public required LoanStatus State { get; init; }

    /// <summary>The loan's currency.</summary>
    public required Currency Currency { get; init; }

    /// <summary>The third party that collects it; null if the lender does.</summary>
    public string? Collector { get; init; }

    /// <summary>The customer's name, for suggestions. A name never decides.</summary>
    public string? CustomerName { get; init; }

    /// <summary>Why an amount does not pay this loan without an officer; null if it does.</summary>
    public string? FindObstacle(Money amount) =>
        Collector is { } collector ? $"{collector} collects the loan {Reference}."
        : Currency != amount.Currency ? $"The loan {Reference} is in {Currency}, and the money in {amount.Currency}."
        : State is LoanStatus.Active or LoanStatus.InArrears ? null
        : $"The loan {Reference} is {Words.Write(State)}.";
}

/// <summary>
/// A repayment that no entry of a bank statement has confirmed: it is pending, or an officer verified it before the
/// money was seen. Rejected and reversed ones are not candidates.
/// </summary>
public sealed record CandidateReport
{
    /// <summary>The repayment.</summary>
    public required RepaymentId Id { get; init; }

    /// <summary>The loan that it pays.</summary>
    public required LoanId LoanId { get; init; }

    /// <summary>The amount that counts: as reported, or as an officer corrected it.</summary>
    public required Money Amount { get; init; }

    /// <summary>When the customer paid.</summary>
    public required DateOnly PaidOn { get; init; }

    /// <summary>True if an officer has verified it. Its money must not be counted again.</summary>
    public bool IsVerified { get; init; }

    /// <summary>The payer's own words on the transfer; null if they are the loan's reference.</summary>
    public string? OwnReference { get; init; }

    /// <summary>The account that the customer paid from; null if unknown.</summary>
    public string? PayerAccount { get; init; }
}

/// <summary>A transfer of the organisation from a wallet to a bank account.</summary>
/// <param name="Id">The transfer.</param>
/// <param name="Amount">Positive.</param>
public sealed record CandidateTransfer(TransferId Id, Money Amount)
{
    /// <summary>True if an entry has shown that its money left.</summary>
    public bool HasLeft { get; init; }

    /// <summary>True if it failed, or if its money has come back.</summary>
    public bool HasEnded { get; init; }
}

/// <summary>A loan that a payer's account leads to. It is suggested, and never decides.</summary>
/// <param name="Account">The account.</param>
/// <param name="LoanId">The loan.</param>
/// <param name="WasAssigned">
/// True if an officer assigned money of this account to the loan; false if the account is one of the customer's.
/// </param>
public sealed record PayersLoan(string Account, LoanId LoanId, bool WasAssigned);

/// <summary>Money that an officer has ordered back to its payer.</summary>
/// <param name="EntryId">The entry of the money.</param>
/// <param name="Amount">Positive.</param>
/// <param name="PayerAccount">The account that it goes back to.</param>
/// <param name="OrderedOn">The day of the order.</param>
public sealed record CandidateReturn(StatementEntryId EntryId, Money Amount, string PayerAccount, DateOnly OrderedOn)
{
    /// <summary>True if an entry has shown that its money left.</summary>
    public bool HasLeft { get; init; }
}

/// <summary>Booked money in, from an earlier entry of the account. A later entry may take it back.</summary>
/// <param name="Id">The id of the entry.</param>
/// <param name="Entry">The entry.</param>
public sealed record EarlierCredit(StatementEntryId Id, StatementEntry Entry)
{
    /// <summary>The loan that the entry names if it waits for an officer; null if it does not wait.</summary>
    public LoanId? WaitsFor { get; init; }
}
