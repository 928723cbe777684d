using Paydown.Lending.Identifiers;

namespace Paydown.Server.Auditing;

/// <summary>A law of the books that stored data breaks.</summary>
/// <param name="Law">The law, in words.</param>
/// <param name="AccountId">The loan; null if the law is not about a loan.</param>
/// <param name="SubjectId">
/// The repayment, event, entry or organisation that breaks it; null if it is the loan itself.
/// </param>
/// <param name="Expected">The value that the law requires; amounts in minor units.</param>
/// <param name="Got">The stored value.</param>
public sealed record Breach(string Law, LoanId? AccountId, SubjectId? SubjectId, string Expected, string Got)
{
    /// <summary>True if another reading found the same breach. Its values may differ while work goes on.</summary>
    public bool IsSameAs(Breach other) => (Law, AccountId, SubjectId) == (other.Law, other.AccountId, other.SubjectId);

    /// <inheritdoc/>
    public override string ToString()
    {
        var loan = AccountId is null ? "" : $" loan {AccountId}";
        var subject = SubjectId is null ? "" : $" subject {SubjectId}";
        return $"BREACH {Law}:{loan}{subject} expected {Expected}, got {Got}";
    }
}
