using System.Text.Json;

namespace Paydown.Server.Commands;

/// <summary>
/// The configuration file: JSON with the settings in its section <c>Paydown</c>. Other sections belong to others.
/// </summary>
internal sealed record ConfigurationFile(string Path, Layer Values)
{
    private const string UsualName = "appsettings.json";

    /// <summary>
    /// Reads the named file; otherwise <c>appsettings.json</c> of the working directory or of the program's folder.
    /// </summary>
    /// <returns>Null if none is named and none is there.</returns>
    /// <exception cref="ConfigurationException">It cannot be read, or the named file has no such section.</exception>
    public static ConfigurationFile? Find(string? named, Surroundings surroundings)
    {
        if (named is not null)
        {
            var file = Read(System.IO.Path.GetFullPath(named, surroundings.WorkingFolder));
            return file.Values.Count > 0
                ? file
                : throw Wrong($"{file.Path} has no section \"{Setting.Section}\" with settings.");
        }
        return new[] { surroundings.WorkingFolder, surroundings.ProgramFolder }
            .Select(folder => System.IO.Path.Combine(folder, UsualName))
            .Where(File.Exists)
            .Select(Read)
            .FirstOrDefault();
    }

    private static ConfigurationFile Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var values = new Layer();
            Collect(new ConfigurationBuilder().AddJsonStream(stream).Build().GetSection(Setting.Section), "");
            return new(path, values);

            void Collect(IConfigurationSection section, string key)
            {
                var children = section.GetChildren().ToList();
                if (children.Count == 0 && section.Value is { Length: > 0 } text)
                    values[key] = new(text, $"{path}, {section.Path}");
                else if (children.Count > 0 && children.TrueForAll(child => int.TryParse(child.Key, out _)))
                    values[key] = new(Joined(key, children), $"{path}, {section.Path}");
                else
                    children.ForEach(child => Collect(child, key.Length == 0 ? child.Key : $"{key}:{child.Key}"));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Wrong($"The configuration file cannot be read: {exception.Message}");
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            throw Wrong($"{path} is not JSON: {exception.InnerException?.Message ?? exception.Message}");
        }
    }

    private static string Joined(string key, IEnumerable<IConfigurationSection> elements)
    {
        var setting = CommandLine
            .Settings()
            .FirstOrDefault(setting => setting.Key.Equals(key, StringComparison.OrdinalIgnoreCase));
        return string.Join(setting?.Separator ?? ',', elements.Select(element => element.Value));
    }

    private static ConfigurationException Wrong(string problem) => new([problem]);
}
