namespace Paydown.Statements.Reading;

/// <summary>Holds the account that a file is of against the one that the caller gave.</summary>
internal static class OwnAccount
{
    /// <summary>The account as the file has it; null if it has none, or only a masked one.</summary>
    /// <exception cref="StatementFaultException">The caller gave another account.</exception>
    public static string? Check(string? stated, StatementReading reading, int? line)
    {
        if (Clean.Text(stated) is not { } account)
            return null;
        var isMasked = Clean.IsMasked(account);
        if (reading.Account is { } given && !(isMasked ? FitsMask(account, given) : AreSame(account, given)))
            throw new StatementFaultException(
                $"The statement is of account {account}, not of {given}; give its own account, or none.",
                line
            );
        return isMasked ? null : account;
    }

    // A bank code before the number, or a currency after it, is the same account.
    private static bool AreSame(string stated, string given)
    {
        var (one, other) = (Clean.Account(stated), Clean.Account(given));
        return one == other || one.EndsWith(other, StringComparison.Ordinal) && other.Length >= 8;
    }

    private static bool FitsMask(string mask, string given)
    {
        var number = Clean.Account(given);
        return mask.Length != number.Length
            || mask.Zip(number).All(pair => pair.First is '*' or 'x' or 'X' || pair.First == pair.Second);
    }
}
