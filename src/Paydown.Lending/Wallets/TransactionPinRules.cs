using Paydown.Lending.Outcomes;

namespace Paydown.Lending.Wallets;

/// <summary>Which transaction PINs may be set: none that is easy to guess.</summary>
public static class TransactionPinRules
{
    public const int DigitsMin = 4;
    public const int DigitsMax = 6;

    /// <summary>
    /// The refusal of a PIN of one repeated digit or of digits in sequence; null if the PIN is allowed.
    /// </summary>
    public static Refusal? Check(string pin)
    {
        // From digit to digit always the same step: 0000, 1234, 8901, 9876.
        var step = StepAt(pin, 1);
        if (step is not (0 or 1 or 9))
            return null;
        for (var i = 2; i < pin.Length; i++)
        {
            if (StepAt(pin, i) != step)
                return null;
        }

        return Refusals.TransactionPinTooSimple();
    }

    private static int StepAt(string pin, int i) => (pin[i] - pin[i - 1] + 10) % 10;
}
