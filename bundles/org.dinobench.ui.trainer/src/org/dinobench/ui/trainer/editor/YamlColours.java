package org.dinobench.ui.trainer.editor;

import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.common.theme.Themes;
import org.eclipse.jface.text.TextAttribute;
import org.eclipse.jface.text.rules.EndOfLineRule;
import org.eclipse.jface.text.rules.ICharacterScanner;
import org.eclipse.jface.text.rules.IRule;
import org.eclipse.jface.text.rules.IToken;
import org.eclipse.jface.text.rules.RuleBasedScanner;
import org.eclipse.jface.text.rules.SingleLineRule;
import org.eclipse.jface.text.rules.Token;
import org.eclipse.swt.SWT;

/** Colours of YAML in the present theme: keys, texts in quotes, comments. */
final class YamlColours extends RuleBasedScanner {
    private final Token comment = new Token(null);
    private final Token key = new Token(null);
    private final Token quoted = new Token(null);

    YamlColours() {
        recolour();
        setRules(new IRule[] {
            new EndOfLineRule("#", comment), // $NON-NLS-1$
            new SingleLineRule("\"", "\"", quoted, '\\'), // $NON-NLS-1$ //$NON-NLS-2$
            new SingleLineRule("'", "'", quoted), // $NON-NLS-1$ //$NON-NLS-2$
            new KeyRule()
        });
    }

    /** Takes the colours of the theme as it is now. */
    void recolour() {
        Palette palette = Palette.of(Themes.isDark());
        comment.setData(new TextAttribute(palette.subtle(), null, SWT.ITALIC));
        key.setData(new TextAttribute(palette.accent(), null, SWT.BOLD));
        quoted.setData(new TextAttribute(palette.good()));
    }

    /** A word before a colon. */
    private final class KeyRule implements IRule {
        @Override
        public IToken evaluate(ICharacterScanner scanner) {
            int read = 0;
            int c = scanner.read();
            while (c >= 0 && (Character.isLetterOrDigit(c) || c == '_')) {
                read++;
                c = scanner.read();
            }
            if (read > 0 && c == ':') {
                scanner.unread();
                return key;
            }
            if (read > 0) {
                // a word that is no key stays as it is, as a whole
                scanner.unread();
                return Token.WHITESPACE;
            }
            scanner.unread();
            return Token.UNDEFINED;
        }
    }
}
