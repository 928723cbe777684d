namespace Paydown.Server.Auditing;

/// <summary>A law of the books that something stored breaks.</summary>
/// <param name="Law">The law, in words.</param>
/// <param name="AccountId">The loan; null where the law is not about one.</param>
/// <param name="SubjectId">The repayment, event, entry or organisation that shows it; null: the loan itself.</param>
/// <param name="Expected">What the law asks for; amounts in minor units.</param>
/// <param name="Got">What is stored.</param>
public sealed record Breach(string Law, Guid? AccountId, Guid? SubjectId, string Expected, string Got)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        var loan = AccountId is null ? "" : $" loan {AccountId}";
        var subject = SubjectId is null ? "" : $" subject {SubjectId}";
        return $"BREACH {Law}:{loan}{subject} expected {Expected}, got {Got}";
    }
}
