using System.Diagnostics.CodeAnalysis;

namespace Paydown.Lending.BankAccounts;

/// <summary>
/// A Nigerian bank account number whose check digit is right for its bank (CBN, Revised Standards on NUBAN, 2020). It
/// does not say that the account exists: only its bank knows that. Nor does it tell all banks apart: the check digit
/// depends on the bank by a constant, so banks with the same constant accept each other's numbers.
/// </summary>
public sealed record Nuban
{
    /// <summary>The number of digits of an account number.</summary>
    public const int AccountNumberDigits = 10;

    // 3, 7, 3 repeated over institution code and serial. The three zeros before a code of a deposit money bank add
    // nothing, so this is the rule of 2010 for those as well.
    private static ReadOnlySpan<int> Weights => [3, 7, 3];

    private Nuban(string bankCode, string accountNumber) => (BankCode, AccountNumber) = (bankCode, accountNumber);

    /// <summary>
    /// Three digits for a deposit money bank (<c>058</c>), six for another institution (<c>950547</c>).
    /// </summary>
    public string BankCode { get; }

    /// <summary>Ten digits; the last is the check digit.</summary>
    public string AccountNumber { get; }

    /// <summary>
    /// Reads a bank code and an account number. The code may be written in any of its forms: <c>058</c> or
    /// <c>000058</c>; <c>50547</c> or <c>950547</c>.
    /// </summary>
    public static bool TryParse(string bankCode, string accountNumber, [NotNullWhen(true)] out Nuban? nuban)
    {
        nuban = null;
        if (InstitutionCodeOf(bankCode) is not { } institution)
            return false;
        if (accountNumber.Length != AccountNumberDigits || !accountNumber.All(char.IsAsciiDigit))
            return false;
        if (accountNumber[^1] != CheckDigit(institution, accountNumber[..^1]))
            return false;
        var isDepositBank = institution.StartsWith("000", StringComparison.Ordinal);
        nuban = new Nuban(isDepositBank ? institution[3..] : institution, accountNumber);
        return true;
    }

    /// <summary>
    /// Reads an account number of a bank whose numbers have no check digit. Its code is kept as it is listed.
    /// </summary>
    public static bool TryParseUnchecked(string bankCode, string accountNumber, [NotNullWhen(true)] out Nuban? nuban)
    {
        var isRight = accountNumber.Length == AccountNumberDigits && accountNumber.All(char.IsAsciiDigit);
        nuban = isRight ? new Nuban(bankCode, accountNumber) : null;
        return isRight;
    }

    /// <summary>True if two codes are forms of one: <c>058</c> and <c>000058</c>.</summary>
    public static bool IsSameBank(string bankCode, string other) =>
        InstitutionCodeOf(bankCode) is { } institution && institution == InstitutionCodeOf(other);

    private static string? InstitutionCodeOf(string bankCode) =>
        bankCode.Length switch
        {
            _ when !bankCode.All(char.IsAsciiDigit) => null,
            3 => "000" + bankCode,
            5 => "9" + bankCode,
            6 => bankCode,
            _ => null,
        };

    private static char CheckDigit(string institution, string serial)
    {
        var sum = 0;
        var digits = institution + serial;
        for (var i = 0; i < digits.Length; i++)
            sum += (digits[i] - '0') * Weights[i % Weights.Length];
        return (char)('0' + (10 - sum % 10) % 10);
    }
}
