using System.Collections.Frozen;
using Paydown.Lending.Customers;
using Paydown.Lending.Outcomes;

namespace Paydown.Server.Platform.Identity;

/// <summary>
/// The rules of a new password: its form, and that it is not one of those that attackers try first. These are in
/// <c>common-passwords.txt</c>, in lower case.
/// </summary>
public static class PasswordRules
{
    private const string Resource = "Paydown.Server.Platform.Identity.common-passwords.txt";

    private static readonly Lazy<FrozenSet<string>> Common = new(Read);

    /// <summary>Returns what is wrong with a new password; null if nothing is.</summary>
    /// <param name="password">The password.</param>
    /// <param name="field">The name of its field.</param>
    public static FieldError? FindError(string password, string field) =>
        !RegistrationRules.IsPassword(password) ? new(field, RegistrationRules.PasswordWanted)
        : IsCommon(password) ? TooCommon(field)
        : null;

    /// <summary>The error of a common password.</summary>
    public static FieldError TooCommon(string field) =>
        new(field, "is one of the most common passwords, which are guessed first; choose another one.");

    /// <summary>
    /// True if a password is common, whatever its case. Signs at either end do not make it another one, because
    /// everybody adds the same.
    /// </summary>
    public static bool IsCommon(string password)
    {
        var lower = password.ToLowerInvariant();
        return Common.Value.Contains(lower) || Common.Value.Contains(WithoutSigns(lower));
    }

    private static string WithoutSigns(string password)
    {
        var (first, last) = (0, password.Length);
        while (last > first && !char.IsLetterOrDigit(password[last - 1]))
            last--;
        while (first < last && !char.IsLetterOrDigit(password[first]))
            first++;
        return password[first..last];
    }

    private static FrozenSet<string> Read()
    {
        using var reader = new StreamReader(typeof(PasswordRules).Assembly.GetManifestResourceStream(Resource)!);
        return reader
            .ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .ToFrozenSet(StringComparer.Ordinal);
    }
}
