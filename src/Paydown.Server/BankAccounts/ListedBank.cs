namespace Paydown.Server.BankAccounts;

/// <summary>A bank as managers see it.</summary>
/// <param name="BankCode">The bank's code.</param>
/// <param name="BankName">The bank's name.</param>
/// <param name="HasNuban">
/// False if its account numbers have no NUBAN check digit; then any ten digits are accepted.
/// </param>
public sealed record ListedBank(string BankCode, string BankName, bool HasNuban)
{
    internal static ListedBank Of(Bank bank) => new(bank.BankCode, bank.BankName, bank.HasNuban);
}
